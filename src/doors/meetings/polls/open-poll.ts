import { shownView } from '../../../core/polls/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfPoll, PollModel } from './schema.ts';

/** 发起投票 */
export const openPoll = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/polls/:poll_id/open',
  access: 'user-or-service',
  summary: '发起投票: everybody in the meeting is asked; for host and moderators',
  params: OfPoll,
  response: Success(PollModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { id, poll_id: pollId } = asked.params;
    return success(asked, shownView(await app.polls.open(asked, id, pollId)));
  },
});
