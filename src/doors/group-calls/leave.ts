import { command } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { OwnCall, Success } from './schema.ts';

/** 离开通话 */
export const leave = route({
  method: 'POST',
  url: '/api/v1/rtc/leave',
  access: 'user-or-service',
  summary: '离开通话: leave a call that goes on without the asker',
  body: OwnCall,
  response: Success,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId } = asked.body;
    await command(app, asked, callId, userId, (by) => ({ type: 'leave', by }));
    return { success: true as const };
  },
});
