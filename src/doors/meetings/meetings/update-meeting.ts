import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { presentMeeting, settingsOf } from './present.ts';
import { MeetingModel, Moment, OfMeeting, Particulars, Password, Title } from './schema.ts';
import { plannedTimes } from './times.ts';

/** 更新会议 */
export const updateMeeting = route({
  method: 'PUT',
  url: '/api/v1/meetings/:id',
  access: 'user-or-service',
  summary: '更新会议: change what is named, leave the rest; for its host',
  params: OfMeeting,
  body: Type.Object({
    title: Type.Optional(Title),
    start_time: Type.Optional(OrNull(Moment)),
    end_time: Type.Optional(OrNull(Moment)),
    ...Particulars,
    password: Type.Optional(OrNull(Password)),
  }),
  response: Success(MeetingModel),
  errors: ['invalid', 'not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { body } = asked;
    const meeting = await app.meetings.update(asked, asked.params.id, {
      title: body.title,
      description: body.description,
      ...plannedTimes(body),
      maxParticipants: body.max_participants,
      type: body.meeting_type,
      settings: settingsOf(body.settings),
      password: body.password,
    });
    return success(asked, presentMeeting(meeting));
  },
});
