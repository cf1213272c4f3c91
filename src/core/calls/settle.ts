import { apply } from './apply.ts';
import type { Call, Leg } from './call.ts';
import { isLive, isPending, legOf } from './call.ts';
import type { CallEvent, FinalCallState } from './events.ts';

/**
 * After people's parts have changed: is the call still one? Adds what follows from `events` (the
 * others' legs, `call.over`) so that a call never outlives its people (rule 2).
 */
export function settle(call: Call, events: readonly CallEvent[], at: number): readonly CallEvent[] {
  const after = events.reduce((value, event) => apply(value, event, at), call);
  if (!isLive(after)) return events;
  const joined = after.legs.filter((leg) => leg.state === 'joined');
  const end = after.state === 'connected' ? endOfConnected(joined, events) : endOfRinging(after);
  if (!end) return events;
  const rest = after.legs.flatMap((leg): CallEvent[] => {
    if (isPending(leg)) return [pendingOver(leg, end)];
    if (leg.state === 'joined') return [{ type: 'leg.over', uid: leg.uid, state: 'left', reason: 'ended' }];
    return [];
  });
  return [...events, ...rest, { type: 'call.over', ...end }];
}

interface End {
  state: FinalCallState;
  reason: string;
}

/** By the one whose leaving left too few; times cannot tell who of two went in one millisecond. */
function endOfConnected(joined: readonly Leg[], events: readonly CallEvent[]): End | undefined {
  if (joined.length >= 2) return undefined;
  const last = events.findLast((event) => event.type === 'leg.over' && event.state === 'left');
  return { state: 'ended', reason: last?.type === 'leg.over' ? last.reason : 'hung_up' };
}

function endOfRinging(call: Call): End | undefined {
  const caller = legOf(call, call.callerId);
  const callees = call.legs.filter((leg) => leg.uid !== call.callerId);
  if (caller?.state !== 'joined') {
    // A caller who gives up because nobody answers has missed nobody: the callees missed the call.
    return caller?.reason === 'timeout'
      ? { state: 'missed', reason: 'timeout' }
      : { state: 'cancelled', reason: caller?.reason ?? 'cancelled' };
  }
  if (callees.some(isPending)) return undefined;
  const missed = callees.find((leg) => leg.state === 'missed');
  if (missed) return { state: 'missed', reason: missed.reason ?? 'timeout' };
  const busy = callees.every((leg) => leg.state === 'busy');
  const refused = callees.find((leg) => leg.state === 'rejected');
  return { state: 'rejected', reason: busy ? 'busy' : (refused?.reason ?? 'declined') };
}

const pendingOver = (leg: Leg, end: End): CallEvent => ({
  type: 'leg.over',
  uid: leg.uid,
  state: end.state === 'missed' ? 'missed' : 'cancelled',
  reason: end.state === 'missed' ? end.reason : 'cancelled',
});
