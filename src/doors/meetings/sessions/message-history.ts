import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { MessagePage, Messages, readMessages } from '../meetings/read-messages.ts';
import { Id } from '../meetings/schema.ts';

/** 获取消息历史 */
export const messageHistory = route({
  method: 'GET',
  url: '/api/v1/messages/history/:meeting_id',
  access: 'user-or-service',
  guests: 'meeting_id',
  summary: '获取消息历史: the messages of a meeting, oldest first; for those in it',
  params: Type.Object({ meeting_id: Id }),
  query: MessagePage,
  response: Success(Messages),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    return success(asked, await readMessages(app, asked, asked.params.meeting_id, asked.query));
  },
});
