import { Type } from 'typebox';
import { route } from '../../route.ts';
import { instant } from '../../time.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { settingsOf } from '../meetings/present.ts';
import { Moment, Particulars, Password, Title } from '../meetings/schema.ts';
import { presentSeries } from './present.ts';
import { From, OfSeries, SeriesModel, SomeRecurrence } from './schema.ts';

/** 更新周期会议 */
export const updateSeries = route({
  method: 'PUT',
  url: '/api/v1/meeting-series/:series_id',
  access: 'user-or-service',
  summary:
    '更新周期会议: all its meetings to come follow, or those from one on as a series of their own, but those that were changed one by one',
  params: OfSeries,
  body: Type.Object({
    title: Type.Optional(Title),
    start_time: Type.Optional(Moment),
    end_time: Type.Optional(Moment),
    ...Particulars,
    password: Type.Optional(OrNull(Password)),
    recurrence: Type.Optional(SomeRecurrence),
    from_meeting: From,
  }),
  response: Success(SeriesModel),
  errors: ['invalid', 'not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    const { body } = asked;
    const moment = (text: string | undefined, field: string) =>
      text === undefined ? undefined : instant(text, field);
    const patch = {
      title: body.title,
      description: body.description,
      startTime: moment(body.start_time, 'start_time'),
      endTime: moment(body.end_time, 'end_time'),
      maxParticipants: body.max_participants,
      type: body.meeting_type,
      settings: settingsOf(body.settings),
      password: body.password,
      recurrence: body.recurrence,
    };
    const view = await app.series.update(asked, asked.params.series_id, patch, body.from_meeting);
    return success(asked, presentSeries(view));
  },
});
