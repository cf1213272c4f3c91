import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { only, presentMessages } from './present.ts';
import { Content, MessageModel, OfMeeting } from './schema.ts';

/** 发送聊天消息 */
export const sendMessage = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/messages',
  access: 'user',
  guests: 'id',
  summary: '发送聊天消息: for those who are in it now, where chat is on',
  params: OfMeeting,
  body: Type.Object({ content: Content }),
  response: Success(MessageModel),
  errors: ['not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    const message = await app.meetings.say(asked, asked.params.id, asked.body.content);
    return success(asked, only(await presentMessages(app, [message])));
  },
});
