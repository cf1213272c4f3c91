import { Type } from 'typebox';
import { command } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { say } from '../words.ts';
import { OwnCall, RejectReason, Success } from './schema.ts';
import { rejectReasons } from './words.ts';

/** 拒绝通话 */
export const reject = route({
  method: 'POST',
  url: '/api/v1/rtc/call/reject',
  access: 'user-or-service',
  summary: '拒绝通话: refuse a call',
  body: Type.Object({ ...OwnCall.properties, reason: Type.Optional(RejectReason) }),
  response: Success(Type.Null()),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId, reason = 'DECLINED' } = asked.body;
    await command(app, asked, callId, userId, (by) => ({
      type: 'reject',
      by,
      reason: rejectReasons[reason],
    }));
    return { code: 200 as const, message: say('call.rejected', asked.locale), data: null };
  },
});
