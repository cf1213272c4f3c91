import type { Call, CallState, Leg } from '../../core/calls/call.ts';
import type { CallTable, LegTable } from './schema.ts';

const RINGING: readonly CallState[] = ['calling', 'ringing'];
export const rings = ({ state }: Call): boolean => RINGING.includes(state);
export const lives = (call: Call): boolean => rings(call) || call.state === 'connected';

export const CALL_COLUMNS = [
  'c.id',
  'c.kind',
  'c.caller_uid',
  'c.group_id',
  'c.state',
  'c.media',
  'c.is_group',
  'c.created_at',
  'c.connected_at',
  'c.ended_at',
  'c.end_reason',
  'c.version',
] as const;
export const LEG_COLUMNS = [
  'l.user_id',
  'l.uid',
  'l.place',
  'l.state as leg_state',
  'l.invited_by',
  'l.device',
  'l.bound',
  'l.muted',
  'l.video_on',
  'l.deadline_at',
  'l.lost_at',
  'l.joined_at',
  'l.left_at',
  'l.reason',
] as const;

/** A call and one of its legs, as one statement answers them together: never two moments of a call. */
export type JoinedRow = Omit<CallTable, 'offer'> &
  Omit<LegTable, 'call_id' | 'state' | 'created_at'> & { leg_state: string };

/** Calls in the order of their first rows; legs in the order they come. */
export function toCalls(rows: readonly JoinedRow[]): Call[] {
  const calls: Call[] = [];
  let legs: Leg[] = [];
  let last: string | undefined;
  for (const row of rows) {
    if (row.id !== last) {
      last = row.id;
      legs = [];
      calls.push(toCall(row, legs));
    }
    legs.push(toLeg(row));
  }
  return calls;
}

const toCall = (row: JoinedRow, legs: readonly Leg[]): Call => ({
  id: row.id,
  kind: row.kind as Call['kind'],
  callerId: row.caller_uid,
  groupId: row.group_id,
  state: row.state as Call['state'],
  media: row.media as Call['media'],
  isGroup: row.is_group === 1,
  createdAt: row.created_at,
  connectedAt: row.connected_at,
  endedAt: row.ended_at,
  endReason: row.end_reason,
  version: row.version,
  legs,
});

const toLeg = (row: JoinedRow): Leg => ({
  userId: row.user_id,
  uid: row.uid,
  place: row.place,
  state: row.leg_state as Leg['state'],
  invitedBy: row.invited_by,
  device: row.device,
  bound: row.bound === 1,
  muted: row.muted === 1,
  videoOn: row.video_on === 1,
  deadlineAt: row.deadline_at,
  lostAt: row.lost_at,
  joinedAt: row.joined_at,
  leftAt: row.left_at,
  reason: row.reason,
});

export const callRow = (call: Call, offer: string | null): CallTable => ({
  id: call.id,
  kind: call.kind,
  caller_uid: call.callerId,
  group_id: call.groupId,
  state: call.state,
  media: call.media,
  is_group: call.isGroup ? 1 : 0,
  created_at: call.createdAt,
  connected_at: call.connectedAt,
  ended_at: call.endedAt,
  end_reason: call.endReason,
  version: call.version,
  offer,
});

/** A call that is over has no deadlines, whatever its legs say: nobody must look at it again. */
export const legRow = (call: Call, leg: Leg): LegTable => ({
  call_id: call.id,
  user_id: leg.userId,
  uid: leg.uid,
  place: leg.place,
  state: leg.state,
  invited_by: leg.invitedBy,
  device: leg.device,
  bound: leg.bound ? 1 : 0,
  muted: leg.muted ? 1 : 0,
  video_on: leg.videoOn ? 1 : 0,
  deadline_at: lives(call) ? leg.deadlineAt : null,
  lost_at: leg.lostAt,
  joined_at: leg.joinedAt,
  left_at: leg.leftAt,
  reason: leg.reason,
  created_at: call.createdAt,
});
