import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Content, OfMeeting } from '../meetings/schema.ts';

/** 向所有讨论室发送消息 */
export const tellBreakouts = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/breakouts/message',
  access: 'user-or-service',
  summary: '向所有讨论室发送消息: in the chat of each room; for host and moderators',
  params: OfMeeting,
  body: Type.Object({ content: Content }),
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    await app.breakouts.tell(asked, asked.params.id, asked.body.content);
    return success(asked, null);
  },
});
