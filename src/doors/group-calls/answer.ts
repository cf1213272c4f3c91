import { Type } from 'typebox';
import { answerCall } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import { CallId, CallStatus, Description, OwnCall, Time } from './schema.ts';

/** 接听通话 */
export const answer = route({
  method: 'POST',
  url: '/api/v1/rtc/answer',
  access: 'user-or-service',
  summary: '接听通话: answer a call; the SDP is needed only if the call had an offer',
  body: Type.Object({ ...OwnCall.properties, answer: Type.Optional(Description('answer')) }),
  response: Type.Object({
    success: Type.Literal(true),
    call: Type.Object({ id: CallId, status: CallStatus, connectedAt: Type.Optional(Time) }),
  }),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId, answer: description } = asked.body;
    const { call } = await answerCall(app, asked, callId, {
      user: userId,
      answer: description,
      needsAnswer: true,
    });
    const connected = call.connectedAt === null ? {} : { connectedAt: wholeSeconds(call.connectedAt) };
    return { success: true as const, call: { id: call.id, status: call.state, ...connected } };
  },
});
