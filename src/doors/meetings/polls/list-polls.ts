import { Type } from 'typebox';
import { shownView } from '../../../core/polls/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfMeeting } from '../meetings/schema.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { PollModel } from './schema.ts';

/** 获取投票列表 */
export const listPolls = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/polls',
  access: 'user-or-service',
  guests: 'id',
  summary:
    '获取投票列表: newest first; for those who have been in it, and drafts for those who may open them',
  params: OfMeeting,
  query: Type.Object(Paging),
  response: Success(Listed('polls', PollModel)),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { polls, total } = await app.polls.list(asked, asked.params.id, pageOf(asked.query));
    return success(asked, listed('polls', polls.map(shownView), total, asked.query));
  },
});
