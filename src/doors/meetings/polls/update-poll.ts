import { Type } from 'typebox';
import { shownView } from '../../../core/polls/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Kind, OfPoll, Options, PollModel, Question } from './schema.ts';

/** 更新投票 */
export const updatePoll = route({
  method: 'PUT',
  url: '/api/v1/meetings/:id/polls/:poll_id',
  access: 'user-or-service',
  summary: '更新投票: change what is named of a draft, leave the rest; for host and moderators',
  params: OfPoll,
  body: Type.Object({ question: Type.Optional(Question), options: Type.Optional(Options), ...Kind }),
  response: Success(PollModel),
  errors: ['invalid', 'not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { id, poll_id: pollId } = asked.params;
    return success(asked, shownView(await app.polls.update(asked, id, pollId, asked.body)));
  },
});
