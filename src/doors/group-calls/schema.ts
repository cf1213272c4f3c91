import { Type } from 'typebox';
import { ERROR_CODES } from '../../core/errors.ts';
import { STATUSES } from './words.ts';

export const oneOf = <const V extends string>(values: readonly V[], description?: string) =>
  Type.Unsafe<V>({ type: 'string', enum: values, ...(description ? { description } : {}) });

export const UserId = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'A uid, or a numeric id in decimal',
  examples: ['user-001'],
});
export const CallId = Type.String({ minLength: 1, maxLength: 64, examples: ['call-uuid'] });
export const CallType = oneOf(['audio', 'video'], 'audio=语音, video=视频');
export const CallStatus = oneOf(
  STATUSES,
  'calling 呼叫中, ringing 响铃中, connected 已接通, ended 已结束, missed 未接来电, rejected 已拒绝, cancelled 已取消',
);
export const RejectReason = oneOf(['busy', 'declined'], 'busy=忙碌, declined=拒绝');
export const Time = Type.String({ description: 'UTC, whole seconds', examples: ['2024-01-15T10:30:00Z'] });
/** One schema with two types: of a union the serializer would have to try each. */
export const TextOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'] });

/** A session description, handed on unchanged. */
export const Description = (...types: ('offer' | 'answer')[]) =>
  Type.Object({ type: oneOf(types), sdp: Type.String({ minLength: 1 }) });

export const Media = Type.Object(
  {
    mode: oneOf(['p2p', 'sfu']),
    room: Type.Optional(Type.String()),
    url: Type.Optional(Type.String({ description: 'Of a LiveKit server' })),
    token: Type.Optional(Type.String()),
  },
  { description: 'How its media travels; with `sfu` how one comes into its room.' },
);

export const Success = Type.Object({ success: Type.Literal(true) });
export const Failure = Type.Object({
  success: Type.Literal(false),
  error: Type.Object({
    code: oneOf(ERROR_CODES),
    message: Type.String(),
    details: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'The `field` at fault, the `callId` of the live call, the `status` the call is in.',
      }),
    ),
  }),
});

export const OwnCall = Type.Object({ callId: CallId, userId: UserId });

/** What every form of a call shows. */
export const callParts = {
  id: CallId,
  type: CallType,
  callerId: UserId,
  calleeIds: Type.Array(UserId),
  status: CallStatus,
  rejectReason: Type.Optional(RejectReason),
  groupId: Type.Optional(Type.String()),
  createdAt: Time,
};

export const callerParts = { callerName: Type.String(), callerAvatar: TextOrNull };
