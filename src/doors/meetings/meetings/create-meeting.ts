import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentMeeting, settingsOf } from './present.ts';
import { Creator, MeetingModel, Moment, Particulars, Password, Title } from './schema.ts';
import { plannedTimes } from './times.ts';

/** 创建会议 */
export const createMeeting = route({
  method: 'POST',
  url: '/api/v1/meetings',
  access: 'user-or-service',
  summary: '创建会议: plan a meeting; its maker is its host',
  body: Type.Object({
    title: Title,
    start_time: Type.Optional(Type.Union([Moment, Type.Null()])),
    end_time: Type.Optional(Type.Union([Moment, Type.Null()])),
    ...Particulars,
    password: Type.Optional(Password),
    creator: Creator,
  }),
  response: Success(MeetingModel, 201),
  status: 201,
  errors: ['invalid', 'not_found'],
  async handler(app, asked) {
    const { body } = asked;
    const meeting = await app.meetings.create(asked, {
      title: body.title,
      description: body.description ?? '',
      ...plannedTimes(body),
      maxParticipants: body.max_participants,
      type: body.meeting_type ?? 'video',
      settings: settingsOf(body.settings),
      password: body.password,
      creator: body.creator,
    });
    return success(asked, presentMeeting(meeting), 201);
  },
});
