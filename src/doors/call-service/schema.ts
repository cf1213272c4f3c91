import type { Static, TSchema } from 'typebox';
import { Type } from 'typebox';
import { rejectReasons, statuses } from './words.ts';

const oneOf = <const V extends string>(values: readonly V[], description?: string) =>
  Type.Unsafe<V>({ type: 'string', enum: values, ...(description ? { description } : {}) });

const values = <T extends object>(table: T) => Object.values(table) as T[keyof T][];

export const UserNumber = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, examples: [10001] });
export const CallId = Type.String({ minLength: 1, maxLength: 64, examples: ['call_123456'] });
export const CallType = oneOf(['AUDIO', 'VIDEO'], 'AUDIO 语音通话, VIDEO 视频通话');
export const CallStatus = oneOf(
  values(statuses),
  'CALLING 呼叫中, RINGING 响铃中, CONNECTED 已接通, COMPLETED 已完成, REJECTED 已拒绝, MISSED 未接听, CANCELLED 已取消',
);
export const RejectReason = oneOf(
  Object.keys(rejectReasons) as (keyof typeof rejectReasons)[],
  'BUSY 忙碌, DECLINED 主动拒绝, NO_ANSWER 无应答 (ends the call as MISSED)',
);
const time = { description: 'UTC, whole seconds', examples: ['2025-11-09T15:00:00Z'] };
export const Time = Type.String(time);
/** One schema with two types: of a union the serializer would have to try each. */
export const TimeOrNull = Type.Unsafe<string | null>({ type: ['string', 'null'], ...time });

/** The envelope of every answer. */
export const Success = <S extends TSchema>(data: S) =>
  Type.Object({ code: Type.Literal(200), message: Type.String(), data });

/** `data` is null but for a `conflict` with a live call, which it names. */
export const Failure = Type.Object({
  code: Type.Integer({ description: 'The HTTP status.' }),
  message: Type.String(),
  data: Type.Union([Type.Null(), Type.Object({ callId: Type.String() })]),
});

export const OwnCall = Type.Object({ callId: CallId, userId: UserNumber });
export type OwnCall = Static<typeof OwnCall>;
