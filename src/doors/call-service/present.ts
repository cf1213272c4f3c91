import type { Call, Leg } from '../../core/calls/index.ts';
import { durationS } from '../../core/calls/index.ts';
import type { User } from '../../core/users/user.ts';
import { wholeSeconds } from '../time.ts';
import { callTypes, reasonOf, statuses } from './words.ts';

/** A call begun, as `POST /call/initiate` answers it. */
export function presentBegun(call: Call) {
  const { caller, callee } = pair(call);
  return {
    callId: call.id,
    callerId: caller.userId,
    calleeId: callee.userId,
    callType: callTypes[call.kind],
    status: statuses[call.state],
    ...reason(call, callee),
    createdAt: wholeSeconds(call.createdAt),
  };
}

/** A line of the history. A group call shows with its first callee. */
export function presentRecord(call: Call, people: ReadonlyMap<number, User>, now: number) {
  const { caller, callee } = pair(call);
  return {
    callId: call.id,
    callerId: caller.userId,
    callerName: nameOf(people, caller),
    calleeId: callee.userId,
    calleeName: nameOf(people, callee),
    callType: callTypes[call.kind],
    status: statuses[call.state],
    ...reason(call, callee),
    duration: durationS(call, now),
    startTime: wholeSeconds(call.createdAt),
    endTime: call.endedAt === null ? null : wholeSeconds(call.endedAt),
  };
}

const nameOf = (people: ReadonlyMap<number, User>, leg: Leg) =>
  people.get(leg.userId)?.displayName ?? leg.uid;
const reason = (call: Call, callee: Leg) => (call.state === 'rejected' ? { reason: reasonOf(callee) } : {});

function pair(call: Call): { caller: Leg; callee: Leg } {
  const [caller, callee] = call.legs;
  if (!caller || !callee) throw new Error('a call has a caller and a callee');
  return { caller, callee };
}
