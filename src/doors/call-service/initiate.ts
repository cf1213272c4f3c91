import { Type } from 'typebox';
import { placeCall } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { say } from '../words.ts';
import { presentBegun } from './present.ts';
import { CallId, CallStatus, CallType, RejectReason, Success, Time, UserNumber } from './schema.ts';
import { kinds } from './words.ts';

/** 发起通话 */
export const initiate = route({
  method: 'POST',
  url: '/api/v1/rtc/call/initiate',
  access: 'user-or-service',
  summary: '发起通话: call somebody',
  body: Type.Object({ callerId: UserNumber, calleeId: UserNumber, callType: CallType }),
  response: Success(
    Type.Object({
      callId: CallId,
      callerId: UserNumber,
      calleeId: UserNumber,
      callType: CallType,
      status: CallStatus,
      reason: Type.Optional(RejectReason),
      createdAt: Time,
    }),
  ),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callerId, calleeId, callType } = asked.body;
    const call = await placeCall(app, asked, {
      caller: callerId,
      callees: [calleeId],
      field: 'calleeId',
      kind: kinds[callType],
    });
    const message = say(call.state === 'rejected' ? 'call.busy' : 'call.initiated', asked.locale);
    return { code: 200 as const, message, data: presentBegun(call) };
  },
});
