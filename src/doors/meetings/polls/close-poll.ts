import { shownView } from '../../../core/polls/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfPoll, PollModel } from './schema.ts';

/** 结束投票 */
export const closePoll = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/polls/:poll_id/close',
  access: 'user-or-service',
  summary: '结束投票: everybody sees the votes from then on; for host and moderators',
  params: OfPoll,
  response: Success(PollModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { id, poll_id: pollId } = asked.params;
    return success(asked, shownView(await app.polls.close(asked, id, pollId)));
  },
});
