import { Type } from 'typebox';
import { answerCall } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import { say } from '../words.ts';
import { CallId, CallStatus, OwnCall, Success, TimeOrNull } from './schema.ts';
import { statuses } from './words.ts';

/** 接听通话 */
export const answer = route({
  method: 'POST',
  url: '/api/v1/rtc/call/answer',
  access: 'user-or-service',
  summary: '接听通话: answer a call',
  body: OwnCall,
  response: Success(Type.Object({ callId: CallId, status: CallStatus, connectedAt: TimeOrNull })),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId } = asked.body;
    const { call } = await answerCall(app, asked, callId, { user: userId });
    const connectedAt = call.connectedAt === null ? null : wholeSeconds(call.connectedAt);
    return {
      code: 200 as const,
      message: say('call.answered', asked.locale),
      data: { callId: call.id, status: statuses[call.state], connectedAt },
    };
  },
});
