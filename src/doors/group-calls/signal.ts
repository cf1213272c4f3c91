import { Type } from 'typebox';
import { signal as sendSignal } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { CallId, Description, oneOf, Success, UserId } from './schema.ts';

const Candidate = Type.Object({
  type: oneOf(['candidate']),
  candidate: Type.Object({ candidate: Type.String() }, { description: 'An RTCIceCandidateInit' }),
});

/** 发送信令: the other one's sockets get `call:ice_candidate` or `call:signal`. */
export const signal = route({
  method: 'POST',
  url: '/api/v1/rtc/signal',
  access: 'user-or-service',
  summary: '发送信令: hand a candidate or a description to somebody in the same call',
  body: Type.Object({
    callId: CallId,
    fromUserId: UserId,
    toUserId: UserId,
    signal: Type.Union([Candidate, Description('offer', 'answer')]),
  }),
  response: Success,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, fromUserId, toUserId, signal: given } = asked.body;
    const frame =
      'candidate' in given
        ? ({ type: 'call:ice_candidate', candidate: given.candidate } as const)
        : ({ type: 'call:signal', description: given } as const);
    await sendSignal(app, asked, callId, { from: fromUserId, to: toUserId, frame });
    return { success: true as const };
  },
});
