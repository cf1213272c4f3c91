import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfMeeting } from './schema.ts';

/** 离开会议 */
export const leaveMeeting = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/leave',
  access: 'user',
  guests: 'id',
  summary: '离开会议: once more changes nothing',
  params: OfMeeting,
  response: Success(Type.Null()),
  errors: ['not_found'],
  async handler(app, asked) {
    await app.meetings.leave(asked, asked.params.id);
    return success(asked, null);
  },
});
