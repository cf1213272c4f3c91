import type { Call, CallRules, Leg } from './call.ts';
import { isEngaged, isLive, isPending, legOf, limitOf } from './call.ts';
import type { CallCommand, Decision, Invitee } from './commands.ts';
import { accept, refuse, repeated } from './commands.ts';
import type { CallEvent } from './events.ts';
import { joinedEvent } from './legs.ts';

/**
 * Rule 6: somebody in the call asks others in. People who are in it already are no news. A call of
 * two that gains a third becomes a room in place, where an engine carries rooms.
 */
export function decideInvite(
  call: Call,
  inviter: Leg,
  people: readonly Invitee[],
  now: number,
  rules: CallRules,
): Decision {
  if (inviter.state !== 'joined') return refuse(isLive(call) ? 'not_yours' : 'over');
  const fresh = people.filter(({ uid, busy }) => {
    const leg = legOf(call, uid);
    // Somebody who was busy and still is has been told of already: asking again is a repeat.
    return !leg || !(isEngaged(leg) || (busy && leg.state === 'busy'));
  });
  if (fresh.length === 0) return repeated;
  const coming = fresh.filter((person) => !person.busy).length;
  const grows = call.media === 'p2p' && coming > 0 && rules.roomLimit > 0;
  const media = grows ? 'sfu' : call.media;
  if (call.legs.filter(isEngaged).length + coming > limitOf(media, rules)) return refuse('full');
  const upgraded: CallEvent[] = grows ? [{ type: 'call.upgraded' }] : [];
  return accept(
    ...upgraded,
    ...fresh.flatMap((person): CallEvent[] => {
      const invited: CallEvent = {
        type: 'leg.invited',
        userId: person.userId,
        uid: person.uid,
        by: inviter.uid,
        deadlineAt: now + rules.ringMs,
      };
      return person.busy
        ? [invited, { type: 'leg.over', uid: person.uid, state: 'busy', reason: 'busy' }]
        : [invited];
    }),
  );
}

/** Somebody invited answers by joining; somebody who left, or a member of its group, comes in. */
export function decideJoin(call: Call, command: CallCommand & { type: 'join' }, rules: CallRules): Decision {
  const leg = legOf(call, command.by);
  if (leg?.state === 'joined') {
    return leg.device === command.device ? repeated : refuse('answered_elsewhere');
  }
  if (!leg && !command.allowed) return refuse('not_yours');
  if (!isLive(call)) return refuse('over');
  const person = { userId: command.userId, uid: command.by };
  const joined = joinedEvent(person, command, call.createdAt, rules);
  if (leg && isPending(leg)) {
    return call.state === 'connected' ? accept(joined) : accept(joined, { type: 'call.connected' });
  }
  // Turned down or left before: only while the call goes on, and never into a call nobody answered.
  if (call.state !== 'connected') return refuse('over');
  if (call.legs.filter(isEngaged).length >= limitOf(call.media, rules)) return refuse('full');
  return accept(joined);
}
