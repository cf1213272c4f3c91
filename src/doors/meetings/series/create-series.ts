import { Type } from 'typebox';
import { route } from '../../route.ts';
import { instant } from '../../time.ts';
import { Success, success } from '../envelope.ts';
import { settingsOf } from '../meetings/present.ts';
import { Creator, Moment, Particulars, Password, Title } from '../meetings/schema.ts';
import { presentSeries } from './present.ts';
import { RecurrenceAsked, SeriesModel } from './schema.ts';

/** 创建周期会议 */
export const createSeries = route({
  method: 'POST',
  url: '/api/v1/meeting-series',
  access: 'user-or-service',
  summary: '创建周期会议: plan a meeting that recurs; each time is a meeting of its own, made ahead',
  body: Type.Object({
    title: Title,
    start_time: Moment,
    end_time: Moment,
    ...Particulars,
    password: Type.Optional(Password),
    recurrence: RecurrenceAsked,
    creator: Creator,
  }),
  response: Success(SeriesModel, 201),
  status: 201,
  errors: ['invalid', 'not_found'],
  async handler(app, asked) {
    const { body } = asked;
    const view = await app.series.create(asked, {
      title: body.title,
      description: body.description,
      startTime: instant(body.start_time, 'start_time'),
      endTime: instant(body.end_time, 'end_time'),
      maxParticipants: body.max_participants,
      type: body.meeting_type,
      settings: settingsOf(body.settings),
      password: body.password,
      creator: body.creator,
      recurrence: body.recurrence,
    });
    return success(asked, presentSeries(view), 201);
  },
});
