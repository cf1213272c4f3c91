/** The call and its legs: plain data, one value per version. The rules are in the files beside it. */

export type CallKind = 'audio' | 'video';
export type CallState = 'calling' | 'ringing' | 'connected' | 'ended' | 'rejected' | 'missed' | 'cancelled';
export type LegState =
  | 'invited'
  | 'ringing'
  | 'joined'
  | 'left'
  | 'rejected'
  | 'busy'
  | 'missed'
  | 'cancelled';

/** One person's part in a call. */
export interface Leg {
  userId: number;
  uid: string;
  /** Order in which people came into the call; 0 is the caller. */
  place: number;
  state: LegState;
  /** Who asked this person into a call that had begun; null for the caller and those called at first. */
  invitedBy: string | null;
  /** The device that won: a socket's device id, or a REST client's `X-Device-Id` or `jti`. */
  device: string | null;
  /** The device had a live socket once, so losing it starts the grace. */
  bound: boolean;
  muted: boolean;
  videoOn: boolean;
  /** When this leg ends by itself: ringing, grace or greatest duration. Milliseconds. */
  deadlineAt: number | null;
  /** The socket of the device is gone since then. */
  lostAt: number | null;
  joinedAt: number | null;
  leftAt: number | null;
  /** Why the leg is over; `ended` when the call ended around it. */
  reason: string | null;
}

export interface Call {
  id: string;
  kind: CallKind;
  callerId: string;
  groupId: string | null;
  state: CallState;
  media: 'p2p' | 'sfu';
  /** Begun with several people or in a group, or grown beyond two. */
  isGroup: boolean;
  createdAt: number;
  connectedAt: number | null;
  endedAt: number | null;
  endReason: string | null;
  /** The number of the last event. */
  version: number;
  /** In order of `place`. */
  legs: readonly Leg[];
}

/** What the machine is told about time; seconds of the configuration, here in milliseconds. */
export interface CallRules {
  ringMs: number;
  graceMs: number;
  maxMs: number;
  /** People in a mesh, the caller included, while no engine carries group calls. */
  meshLimit: number;
  /** People in a call that an engine carries; 0 when there is no engine that does. */
  roomLimit: number;
}

export const isLive = (call: Call) =>
  call.state === 'calling' || call.state === 'ringing' || call.state === 'connected';
export const isPending = (leg: Leg) => leg.state === 'invited' || leg.state === 'ringing';
/** The leg still holds its person: no other call may have them. */
export const isEngaged = (leg: Leg) => isPending(leg) || leg.state === 'joined';
/** Who rang this person: who asked them in, else the caller; nobody for the caller. */
export const askerOf = (call: Call, leg: Leg): string | undefined =>
  leg.invitedBy ?? (leg.uid === call.callerId ? undefined : call.callerId);
/** How many may be engaged in a call of this kind of media. */
export const limitOf = (media: Call['media'], rules: CallRules) =>
  media === 'sfu' ? rules.roomLimit : rules.meshLimit;
export const legOf = (call: Call, uid: string) => call.legs.find((leg) => leg.uid === uid);

/** Rule 7: connected time in whole seconds, rounded down; 0 if never connected. */
export function durationS(call: Call, now: number): number {
  if (call.connectedAt === null) return 0;
  return Math.max(0, Math.floor(((call.endedAt ?? now) - call.connectedAt) / 1000));
}

/** The same for one person: from when both they and the call were connected. */
export function legDurationS(call: Call, leg: Leg, now: number): number {
  if (call.connectedAt === null || leg.joinedAt === null) return 0;
  const from = Math.max(call.connectedAt, leg.joinedAt);
  return Math.max(0, Math.floor(((leg.leftAt ?? call.endedAt ?? now) - from) / 1000));
}
