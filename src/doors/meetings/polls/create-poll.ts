import { Type } from 'typebox';
import { shownView } from '../../../core/polls/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfMeeting } from '../meetings/schema.ts';
import { Kind, Options, PollModel, Question } from './schema.ts';

/** 创建投票 */
export const createPoll = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/polls',
  access: 'user-or-service',
  summary: '创建投票: a draft, which nobody else sees; for host and moderators',
  params: OfMeeting,
  body: Type.Object({ question: Question, options: Options, ...Kind }),
  response: Success(PollModel, 201),
  status: 201,
  errors: ['invalid', 'not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    const view = await app.polls.create(asked, asked.params.id, asked.body);
    return success(asked, shownView(view), 201);
  },
});
