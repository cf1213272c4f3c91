import type { Static, TSchema } from 'typebox';
import { Type } from 'typebox';
import { invalid } from '../../core/errors.ts';
import { UID_PATTERN } from '../../core/ids.ts';
import type { MemberStatus, RoomStatus } from '../../core/rooms/index.ts';

const numbers = <const V extends number>(values: readonly V[], description: string) =>
  Type.Unsafe<V>({ type: 'integer', enum: values, description });

export const RoomName = Type.String({ minLength: 1, maxLength: 200, examples: ['meeting_001'] });
/** A uid, or the decimal id. */
export const Uid = Type.String({ pattern: UID_PATTERN, examples: ['user_002'] });
export const Uids = (minItems: number) => Type.Array(Uid, { minItems, maxItems: 200 });
export const CallType = numbers([0, 1], '0 语音 audio, 1 视频 video');
export const InviteOn = numbers([0, 1], '1: members may invite, too');
export const Status = numbers<RoomStatus>(
  [0, 1, 2, 3],
  '0 未开始 not started, 1 进行中 in progress, 2 已结束 finished, 3 已取消 cancelled',
);
export const PartStatus = numbers<MemberStatus>(
  [0, 1, 2, 3, 4, 5, 6],
  '0 邀请中, 1 已加入, 2 已拒绝, 3 已挂断, 4 超时未加入, 5 通话中未接听, 6 已取消',
);
export const Time = Type.String({ description: 'UTC, whole seconds', examples: ['2024-01-15T10:30:00Z'] });
export const Count = Type.Integer({ minimum: 0 });
export const Token = Type.String({ description: 'A LiveKit token for this room and this person.' });
export const MediaUrl = Type.String({
  description: 'Where a LiveKit client goes with the token.',
  examples: ['http://localhost:7880'],
});
export const orNull = <const T extends 'string' | 'integer'>(type: T) =>
  Type.Unsafe<(T extends 'string' ? string : number) | null>({ type: [type, 'null'] });

/** The envelope of every answer. */
export const Success = <S extends TSchema>(data: S) =>
  Type.Object({ code: Type.Literal(0), msg: Type.String(), data });

export const Failure = Type.Object({
  code: Type.Integer({ description: 'The HTTP status.' }),
  msg: Type.String(),
});

export const InRoom = Type.Object({ room_name: RoomName });

/** Which room: later releases of the product say `room_id` for `room_name`. */
export const roomNames = {
  room_name: Type.Optional(Type.String({ maxLength: 200, examples: ['meeting_001'] })),
  room_id: Type.Optional(Type.String({ maxLength: 200, description: 'The same, by its other name.' })),
};

/** None, or an empty one, is undefined; both names given must be one. Throws `invalid`. */
export function nameIn(body: { room_name?: string; room_id?: string }): string | undefined {
  const { room_name, room_id } = body;
  if (room_name !== undefined && room_id !== undefined && room_name !== room_id) throw invalid('room_id');
  return room_name || room_id || undefined;
}

export const Place = Type.Object({ ...roomNames, uid: Uid });
export type Place = Static<typeof Place>;

/** The room that somebody must name. Throws `invalid`. */
export function namedIn(body: { room_name?: string; room_id?: string }): string {
  const name = nameIn(body);
  if (name === undefined) throw invalid('room_name');
  return name;
}
