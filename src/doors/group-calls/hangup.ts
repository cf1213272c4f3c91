import { Type } from 'typebox';
import { command, legDurationS } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import { CallId, CallStatus, OwnCall, Time } from './schema.ts';

/** 挂断通话: the asker's own leaving, so `ended` and the asker's times, whoever goes on talking. */
export const hangup = route({
  method: 'POST',
  url: '/api/v1/rtc/hangup',
  access: 'user-or-service',
  summary: '挂断通话: hang up',
  body: OwnCall,
  response: Type.Object({
    success: Type.Literal(true),
    call: Type.Object({ id: CallId, status: CallStatus, endedAt: Time, duration: Type.Integer() }),
  }),
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
      success: true as const,
      call: {
        id: call.id,
        status: 'ended' as const,
        endedAt: wholeSeconds(leg.leftAt ?? call.endedAt ?? now),
        duration: legDurationS(call, leg, now),
      },
    };
  },
});
