import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { presentVotes } from './present.ts';
import { OfPoll, VoteModel } from './schema.ts';

/** 获取投票记录 */
export const listVotes = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/polls/:poll_id/votes',
  access: 'user-or-service',
  summary: '获取投票记录: who chose what, unless the poll is anonymous; for host and moderators',
  params: OfPoll,
  query: Type.Object(Paging),
  response: Success(Listed('votes', VoteModel)),
  errors: ['not_found', 'forbidden', 'conflict'],
  async handler(app, asked) {
    const { id, poll_id: pollId } = asked.params;
    const { votes, total } = await app.polls.votes(asked, id, pollId, pageOf(asked.query));
    return success(asked, listed('votes', await presentVotes(app, votes), total, asked.query));
  },
});
