import type { Call, Leg } from '../../core/calls/index.ts';
import { durationS } from '../../core/calls/index.ts';
import type { User } from '../../core/users/user.ts';
import { wholeSeconds } from '../time.ts';
import { calleeStatuses, rejectReasonOf } from './words.ts';

type People = ReadonlyMap<number, User>;

/** A call begun, as `POST /call` answers it. What has no value is absent. */
export function presentBegun(call: Call) {
  const { callees } = partsOf(call);
  return {
    id: call.id,
    callerId: call.callerId,
    calleeIds: callees.map((leg) => leg.uid),
    type: call.kind,
    status: call.state,
    ...rejection(call, callees),
    ...(call.groupId === null ? {} : { groupId: call.groupId }),
    createdAt: wholeSeconds(call.createdAt),
  };
}

/** The call somebody is in now. */
export const presentActive = (call: Call, now: number) => ({
  ...presentBegun(call),
  duration: durationS(call, now),
});

/** A line of the history. */
export function presentLine(call: Call, people: People, now: number) {
  return {
    ...presentActive(call, now),
    ...presentCaller(call, people),
    ...(call.endedAt === null ? {} : { endedAt: wholeSeconds(call.endedAt) }),
  };
}

/** One call with everybody in it. */
export function presentDetail(call: Call, people: People, now: number) {
  return {
    ...presentLine(call, people, now),
    calleeInfo: partsOf(call).callees.map((leg) => presentCallee(leg, people)),
    ...(call.connectedAt === null ? {} : { connectedAt: wholeSeconds(call.connectedAt) }),
  };
}

function presentCallee(leg: Leg, people: People) {
  const user = people.get(leg.userId);
  const status = calleeStatuses[leg.state];
  return {
    userId: leg.uid,
    userName: user?.displayName ?? leg.uid,
    userAvatar: user?.avatarUrl ?? null,
    status,
    ...(leg.joinedAt === null ? {} : { joinedAt: wholeSeconds(leg.joinedAt) }),
    ...(status === 'rejected' ? { rejectReason: rejectReasonOf(leg) } : {}),
  };
}

function presentCaller(call: Call, people: People) {
  const user = people.get(partsOf(call).caller.userId);
  return { callerName: user?.displayName ?? call.callerId, callerAvatar: user?.avatarUrl ?? null };
}

/** Why a call that nobody took was refused: busy only if everybody was. */
const rejection = (call: Call, callees: readonly Leg[]) =>
  call.state === 'rejected'
    ? {
        rejectReason: callees.every((leg) => leg.reason === 'busy')
          ? ('busy' as const)
          : ('declined' as const),
      }
    : {};

function partsOf(call: Call): { caller: Leg; callees: readonly Leg[] } {
  const [caller, ...callees] = call.legs;
  if (!caller) throw new Error('a call has a caller');
  return { caller, callees };
}
