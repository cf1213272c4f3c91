import { Type } from 'typebox';
import { command, legDurationS } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import { say } from '../words.ts';
import { CallId, OwnCall, Success, Time } from './schema.ts';

/** 挂断通话: in a group call this is the asker's own leaving, and so are its times. */
export const hangup = route({
  method: 'POST',
  url: '/api/v1/rtc/call/hangup',
  access: 'user-or-service',
  summary: '挂断通话: hang up',
  body: OwnCall,
  response: Success(Type.Object({ callId: CallId, duration: Type.Integer(), endedAt: Time })),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId } = asked.body;
    const { call, leg } = await command(app, asked, callId, userId, (by) => ({
      type: 'hangUp',
      by,
      reason: 'normal',
    }));
    const now = app.clock.now();
    return {
      code: 200 as const,
      message: say('call.hung_up', asked.locale),
      data: {
        callId: call.id,
        duration: legDurationS(call, leg, now),
        endedAt: wholeSeconds(leg.leftAt ?? call.endedAt ?? now),
      },
    };
  },
});
