import { Type } from 'typebox';
import { shownView } from '../../../core/polls/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Chosen, OfPoll, PollModel } from './schema.ts';

/** 投票 */
export const vote = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/polls/:poll_id/votes',
  access: 'user',
  guests: 'id',
  summary: '投票: for those who are in the meeting now; again changes it, unless the poll is anonymous',
  params: OfPoll,
  body: Type.Object({ options: Chosen }),
  response: Success(PollModel),
  errors: ['invalid', 'not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { id, poll_id: pollId } = asked.params;
    return success(asked, shownView(await app.polls.vote(asked, id, pollId, asked.body.options)));
  },
});
