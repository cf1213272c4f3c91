import { command } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { OwnCall, Success } from './schema.ts';

/** 取消通话 */
export const cancel = route({
  method: 'POST',
  url: '/api/v1/rtc/cancel',
  access: 'user-or-service',
  summary: '取消通话: the caller gives up while it rings',
  body: OwnCall,
  response: Success,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId } = asked.body;
    await command(app, asked, callId, userId, (by) => ({ type: 'cancel', by }));
    return { success: true as const };
  },
});
