import { apply, begin } from './apply.ts';
import type { Call, CallKind, CallRules } from './call.ts';
import type { CallEvent } from './events.ts';
import { settle } from './settle.ts';

/** A new call, its callees already looked up and checked against the policy. */
export interface Placement {
  id: string;
  kind: CallKind;
  groupId: string | null;
  caller: { userId: number; uid: string; device: string | null; bound: boolean };
  /** At least one, no doubles, never the caller. */
  callees: readonly { userId: number; uid: string; standing: 'free' | 'busy' | 'unreachable' }[];
}

/**
 * A call begins. Busy people are refused at once and the call is in both histories (rule 3);
 * people who cannot be reached have missed it (C's `call:not_available`).
 */
export function place(
  placement: Placement,
  now: number,
  rules: CallRules,
): { call: Call; events: readonly CallEvent[] } {
  const { caller, callees } = placement;
  const isGroup = callees.length > 1 || placement.groupId !== null;
  const placed: CallEvent & { type: 'call.placed' } = {
    type: 'call.placed',
    kind: placement.kind,
    groupId: placement.groupId,
    isGroup,
    // Where an engine carries rooms, a group call begins as one.
    media: isGroup && rules.roomLimit > 0 ? 'sfu' : 'p2p',
    caller: { ...caller, deadlineAt: caller.bound ? null : now + rules.maxMs },
    callees: callees.map(({ userId, uid }) => ({ userId, uid, deadlineAt: now + rules.ringMs })),
  };
  const fresh = begin(placement.id, placed, now);
  const refused = callees.flatMap((callee): CallEvent[] => {
    if (callee.standing === 'free') return [];
    const busy = callee.standing === 'busy';
    const reason = busy ? 'busy' : 'unavailable';
    return [{ type: 'leg.over', uid: callee.uid, state: busy ? 'busy' : 'missed', reason }];
  });
  const following = settle(fresh, refused, now);
  return {
    call: following.reduce((call, event) => apply(call, event, now), fresh),
    events: [placed, ...following],
  };
}
