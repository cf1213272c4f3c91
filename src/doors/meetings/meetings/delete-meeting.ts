import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfMeeting } from './schema.ts';

/** 删除会议 */
export const deleteMeeting = route({
  method: 'DELETE',
  url: '/api/v1/meetings/:id',
  access: 'user-or-service',
  summary:
    '删除会议: cancel one that has not begun, or take one that is over away for good; for its host, and the latter for its creator',
  params: OfMeeting,
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'conflict'],
  async handler(app, asked) {
    await app.meetings.remove(asked, asked.params.id);
    return success(asked, null);
  },
});
