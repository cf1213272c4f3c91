import { shownView } from '../../../core/polls/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfPoll, PollModel } from './schema.ts';

/** 获取投票详情 */
export const getPoll = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/polls/:poll_id',
  access: 'user-or-service',
  guests: 'id',
  summary: '获取投票详情: for those who have been in the meeting',
  params: OfPoll,
  response: Success(PollModel),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { id, poll_id: pollId } = asked.params;
    return success(asked, shownView(await app.polls.get(asked, id, pollId)));
  },
});
