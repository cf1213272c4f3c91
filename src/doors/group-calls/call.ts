import { Type } from 'typebox';
import { placeCall } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { presentBegun } from './present.ts';
import { CallType, callParts, Description, UserId } from './schema.ts';

/** 发起通话 */
export const call = route({
  method: 'POST',
  url: '/api/v1/rtc/call',
  access: 'user-or-service',
  summary: '发起通话: call one person or several',
  body: Type.Object({
    callerId: UserId,
    calleeIds: Type.Array(UserId, { maxItems: 100 }),
    type: CallType,
    groupId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    offer: Type.Optional(Description('offer')),
  }),
  response: Type.Object({ success: Type.Literal(true), call: Type.Object(callParts) }),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callerId, calleeIds, type, groupId, offer } = asked.body;
    const placed = await placeCall(app, asked, {
      caller: callerId,
      callees: calleeIds,
      field: 'calleeIds',
      kind: type,
      groupId,
      ...(offer === undefined ? {} : { transient: { offer } }),
    });
    return { success: true as const, call: presentBegun(placed) };
  },
});
