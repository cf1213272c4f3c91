import { Type } from 'typebox';
import { command } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { OwnCall, RejectReason, Success } from './schema.ts';

/** 拒绝通话 */
export const reject = route({
  method: 'POST',
  url: '/api/v1/rtc/reject',
  access: 'user-or-service',
  summary: '拒绝通话: refuse a call',
  body: Type.Object({ ...OwnCall.properties, reason: Type.Optional(RejectReason) }),
  response: Success,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId, reason = 'declined' } = asked.body;
    await command(app, asked, callId, userId, (by) => ({ type: 'reject', by, reason }));
    return { success: true as const };
  },
});
