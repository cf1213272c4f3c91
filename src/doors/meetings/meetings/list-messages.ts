import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { MessagePage, Messages, readMessages } from './read-messages.ts';
import { OfMeeting } from './schema.ts';

/** 获取聊天消息 */
export const listMessages = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/messages',
  access: 'user-or-service',
  guests: 'id',
  summary: '获取聊天消息: oldest first; for those in it',
  params: OfMeeting,
  query: MessagePage,
  response: Success(Messages),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    return success(asked, await readMessages(app, asked, asked.params.id, asked.query));
  },
});
