import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentMeeting } from './present.ts';
import { MeetingModel, OfMeeting } from './schema.ts';

/** 锁定会议 */
export const lockMeeting = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/lock',
  access: 'user-or-service',
  summary: '锁定会议: nobody new comes in while it is locked; for host and moderators',
  params: OfMeeting,
  body: Type.Object({ locked: Type.Boolean() }),
  response: Success(MeetingModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const meeting = await app.meetings.setLocked(asked, asked.params.id, asked.body.locked);
    return success(asked, presentMeeting(meeting));
  },
});
