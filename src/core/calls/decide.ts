import type { Call, CallRules, Leg } from './call.ts';
import { isEngaged, isLive, isPending, legOf } from './call.ts';
import type { CallCommand, Decision } from './commands.ts';
import { accept, nothing, refuse, repeated } from './commands.ts';
import { decideDevice } from './devices.ts';
import type { CallEvent } from './events.ts';
import { decideInvite, decideJoin } from './grow.ts';
import { joinedEvent, over } from './legs.ts';
import { settle } from './settle.ts';

/**
 * The call machine: may this command happen to this call now, and what follows? Pure. The rules are
 * numbered in the design; where A, B and C meet they are settled in the contracts' README.
 */
export function decide(call: Call, command: CallCommand, now: number, rules: CallRules): Decision {
  const decision = choose(call, command, now, rules);
  if (!decision.ok || decision.events.length === 0) return decision;
  return { ...decision, events: settle(call, decision.events, now) };
}

function choose(call: Call, command: CallCommand, now: number, rules: CallRules): Decision {
  if (command.type === 'expire') return decideExpiry(call, now);
  if (command.type === 'join') return decideJoin(call, command, rules);
  const leg = legOf(call, command.by);
  if (!leg) return refuse('not_in_call');
  switch (command.type) {
    case 'ring':
      return isLive(call) && leg.state === 'invited'
        ? accept({ type: 'leg.ringing', uid: leg.uid })
        : nothing;
    case 'answer':
      return decideAnswer(call, leg, command, rules);
    case 'reject':
      return decideReject(leg, command.reason);
    case 'hangUp':
      return decideHangUp(call, leg, command.reason);
    case 'leave':
      return decideHangUp(call, leg, 'left');
    case 'cancel':
      return decideCancel(call, leg);
    case 'invite':
      return decideInvite(call, leg, command.people, now, rules);
    case 'media':
      return decideMedia(leg, command);
    case 'unreachable':
      return isPending(leg) ? accept(over(leg, 'missed', 'unavailable')) : nothing;
    case 'lose':
    case 'bind':
      return decideDevice(leg, command, now, rules);
  }
}

/** Rule 1: the first device to get here wins; the same device again is told the same. */
function decideAnswer(
  call: Call,
  leg: Leg,
  command: CallCommand & { type: 'answer' },
  rules: CallRules,
): Decision {
  // A caller who left and is asked back in answers like everybody.
  if (leg.uid === call.callerId && leg.invitedBy === null) return refuse('not_yours');
  if (leg.state === 'joined') return leg.device === command.device ? repeated : refuse('answered_elsewhere');
  if (!isPending(leg)) return refuse('over');
  const joined = joinedEvent(leg, command, call.createdAt, rules);
  return call.state === 'connected' ? accept(joined) : accept(joined, { type: 'call.connected' });
}

/** `no_answer` (A's NO_ANSWER) is a missed call told by the callee's side. */
function decideReject(leg: Leg, reason: string): Decision {
  const state = reason === 'no_answer' ? 'missed' : 'rejected';
  if (isPending(leg)) return accept(over(leg, state, reason));
  if (leg.state === state && leg.reason === reason) return repeated;
  return refuse(leg.state === 'joined' ? 'answered_elsewhere' : 'over');
}

/** One's own leaving; while ringing the caller cancels and a callee rejects. */
function decideHangUp(call: Call, leg: Leg, reason: string): Decision {
  if (leg.state === 'joined') {
    const ringing = call.state !== 'connected';
    const cancelled = ringing && leg.uid === call.callerId && reason !== 'timeout';
    return accept(over(leg, 'left', cancelled ? 'cancelled' : reason));
  }
  if (isPending(leg)) return accept(over(leg, 'rejected', 'declined'));
  // `ended` means that the others ended the call around this leg: its own command came too late.
  const own =
    (leg.state === 'left' && !['ended', 'lost', 'max_duration'].includes(leg.reason ?? '')) ||
    leg.state === 'rejected';
  return own ? repeated : refuse('over');
}

function decideCancel(call: Call, leg: Leg): Decision {
  if (leg.uid !== call.callerId) return refuse('not_yours');
  if (call.state === 'calling' || call.state === 'ringing') return accept(over(leg, 'left', 'cancelled'));
  return call.state === 'cancelled' && leg.reason === 'cancelled' ? repeated : refuse('over');
}

function decideMedia(leg: Leg, command: CallCommand & { type: 'media' }): Decision {
  if (leg.state !== 'joined') return refuse(isEngaged(leg) ? 'not_yours' : 'over');
  const muted = command.muted ?? leg.muted;
  const videoOn = command.videoOn ?? leg.videoOn;
  if (muted === leg.muted && videoOn === leg.videoOn && !command.device) return repeated;
  const event: CallEvent = { type: 'leg.media', uid: leg.uid, muted, videoOn };
  return accept(command.device ? { ...event, device: command.device } : event);
}

/** Rule 2: every deadline that has passed ends its leg; several at once are one change. */
function decideExpiry(call: Call, now: number): Decision {
  if (!isLive(call)) return nothing;
  const events = call.legs.flatMap((leg): CallEvent[] => {
    if (leg.deadlineAt === null || leg.deadlineAt > now || !isEngaged(leg)) return [];
    if (isPending(leg)) return [over(leg, 'missed', 'timeout')];
    return [over(leg, 'left', leg.lostAt === null ? 'max_duration' : 'lost')];
  });
  return events.length === 0 ? nothing : accept(...events);
}
