import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfPoll } from './schema.ts';

/** 删除投票 */
export const deletePoll = route({
  method: 'DELETE',
  url: '/api/v1/meetings/:id/polls/:poll_id',
  access: 'user-or-service',
  summary: '删除投票: with its votes, while the meeting is not over; for host and moderators',
  params: OfPoll,
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    const { id, poll_id: pollId } = asked.params;
    await app.polls.remove(asked, id, pollId);
    return success(asked, null);
  },
});
