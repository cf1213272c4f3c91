import type { Call, Leg } from './call.ts';
import { isEngaged, legOf } from './call.ts';
import type { CallEvent } from './events.ts';

/** The next value of a call after one event. Pure; never refuses: what may happen is `decide`'s. */
export function apply(call: Call, event: CallEvent, at: number): Call {
  const next = { ...call, version: call.version + 1 };
  switch (event.type) {
    case 'call.placed':
      throw new Error('call.placed begins a call, it cannot happen to one');
    case 'leg.invited':
      return addLeg(next, {
        ...emptyLeg(event.userId, event.uid, call.legs.length, call.kind),
        state: 'invited',
        invitedBy: event.by,
        deadlineAt: event.deadlineAt,
      });
    case 'leg.ringing':
      return {
        ...withLeg(next, event.uid, { state: 'ringing' }),
        state: call.state === 'calling' ? 'ringing' : call.state,
      };
    case 'leg.joined': {
      const joined = {
        state: 'joined',
        device: event.device,
        bound: event.bound,
        deadlineAt: event.deadlineAt,
        lostAt: null,
        joinedAt: at,
        leftAt: null,
        reason: null,
      } as const;
      return legOf(call, event.uid)
        ? withLeg(next, event.uid, joined)
        : addLeg(next, { ...emptyLeg(event.userId, event.uid, call.legs.length, call.kind), ...joined });
    }
    case 'leg.over':
      return withLeg(next, event.uid, {
        state: event.state,
        reason: event.reason,
        leftAt: at,
        deadlineAt: null,
        lostAt: null,
      });
    case 'leg.media':
      return withLeg(next, event.uid, { muted: event.muted, videoOn: event.videoOn });
    case 'leg.lost':
      return withLeg(next, event.uid, { lostAt: at, deadlineAt: event.deadlineAt });
    case 'leg.bound':
      return withLeg(next, event.uid, { device: event.device, bound: true, lostAt: null, deadlineAt: null });
    case 'call.connected':
      return { ...next, state: 'connected', connectedAt: at };
    case 'call.upgraded':
      return { ...next, media: 'sfu' };
    case 'call.over':
      return { ...next, state: event.state, endedAt: at, endReason: event.reason };
  }
}

/** The first value of a call. */
export function begin(id: string, event: CallEvent & { type: 'call.placed' }, at: number): Call {
  const { caller } = event;
  return {
    id,
    kind: event.kind,
    callerId: caller.uid,
    groupId: event.groupId,
    state: 'calling',
    media: event.media,
    isGroup: event.isGroup,
    createdAt: at,
    connectedAt: null,
    endedAt: null,
    endReason: null,
    version: 1,
    legs: [
      {
        ...emptyLeg(caller.userId, caller.uid, 0, event.kind),
        state: 'joined',
        device: caller.device,
        bound: caller.bound,
        deadlineAt: caller.deadlineAt,
        joinedAt: at,
      },
      ...event.callees.map((callee, i) => ({
        ...emptyLeg(callee.userId, callee.uid, i + 1, event.kind),
        deadlineAt: callee.deadlineAt,
      })),
    ],
  };
}

function emptyLeg(userId: number, uid: string, place: number, kind: Call['kind']): Leg {
  return {
    userId,
    uid,
    place,
    state: 'invited',
    invitedBy: null,
    device: null,
    bound: false,
    muted: false,
    videoOn: kind === 'video',
    deadlineAt: null,
    lostAt: null,
    joinedAt: null,
    leftAt: null,
    reason: null,
  };
}

const addLeg = (call: Call, leg: Leg): Call => ({
  ...call,
  // A person who was asked again keeps their place; a call that grew beyond two stays a group call.
  isGroup: true,
  legs: call.legs.some((old) => old.uid === leg.uid)
    ? call.legs.map((old) => (old.uid === leg.uid ? { ...leg, place: old.place } : old))
    : [...call.legs, leg],
});

const withLeg = (call: Call, uid: string, change: Partial<Leg>): Call => ({
  ...call,
  legs: call.legs.map((leg) => (leg.uid === uid ? { ...leg, ...change } : leg)),
});

/** Who a change set free: their engagement goes in the same transaction. */
export function released(before: Call, after: Call): Leg[] {
  return after.legs.filter((leg) => {
    if (isEngaged(leg)) return false;
    const old = legOf(before, leg.uid);
    return old !== undefined && isEngaged(old);
  });
}
