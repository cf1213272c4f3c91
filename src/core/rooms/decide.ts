import { applyAll } from './apply.ts';
import type { Decision, RoomCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import { decideJoin } from './decide-join.ts';
import { decideEntered, decideGone } from './decide-media.ts';
import { decideSet } from './decide-set.ts';
import type { RoomEvent } from './events.ts';
import type { Room, RoomRules, RoomStatus } from './room.ts';
import { isEngaged, isFull, isLive, MEMBER, memberOf, ROOM } from './room.ts';
import { endOf, settle } from './settle.ts';
import { invitations, over, started } from './steps.ts';

/**
 * The room machine: may this command happen to this room now, and what follows? Pure. Its rules are
 * those of contract D, settled in the contracts' README.
 */
export function decide(room: Room, command: RoomCommand, now: number, rules: RoomRules): Decision {
  const decision = choose(room, command, now, rules);
  if (!decision.ok || decision.events.length === 0) return decision;
  return accept(...settle(room, decision.events, now));
}

function choose(room: Room, command: RoomCommand, now: number, rules: RoomRules): Decision {
  switch (command.type) {
    case 'join':
      return decideJoin(room, command, now);
    case 'leave':
      return decideLeave(room, command);
    case 'invite':
      return decideInvite(room, command, now, rules);
    case 'set':
      return decideSet(room, command, now, rules);
    case 'status':
      return decideStatus(room, command.status, now);
    case 'end':
      if (isLive(room)) return accept(...endOf(room, ROOM.finished));
      return room.status === ROOM.finished ? nothing : refuse('over');
    case 'expire':
      return decideExpiry(room, now);
    case 'opened':
      return room.status === ROOM.waiting ? accept(started(now)) : nothing;
    case 'closed':
      return isLive(room) ? accept(...endOf(room, closedAs(room, rules))) : nothing;
    case 'entered':
      return decideEntered(room, command, now);
    case 'gone':
      return decideGone(room, command, now, rules);
  }
}

/** Where rooms are opened before anybody enters, one may close that nobody ever entered. */
const closedAs = ({ status }: Room, { autoCreate = true }: RoomRules) =>
  status === ROOM.waiting && !autoCreate ? ROOM.cancelled : ROOM.finished;

/** An invitation one leaves is one turned down; who is taken out is asked no more. */
function decideLeave(room: Room, { uid, removed = false }: RoomCommand & { type: 'leave' }): Decision {
  const member = memberOf(room, uid);
  if (!member) return refuse('no_member');
  if (member.status === MEMBER.joined) return accept(over(uid, MEMBER.left, removed));
  if (member.status !== MEMBER.invited) return nothing;
  return accept(over(uid, removed ? MEMBER.cancelled : MEMBER.rejected, removed));
}

/** People who are in it already are no news, and neither is who was busy and still is. */
function decideInvite(
  room: Room,
  { people }: RoomCommand & { type: 'invite' },
  now: number,
  rules: RoomRules,
): Decision {
  if (!isLive(room)) return refuse('over');
  const fresh = people.filter(({ uid, busy }) => {
    const member = memberOf(room, uid);
    return !member || !(isEngaged(member) || (busy && member.status === MEMBER.busy));
  });
  if (isFull(room) && fresh.some(({ busy }) => !busy)) return refuse('full');
  return accept(...invitations(fresh, now + rules.ringMs));
}

/** 0 -> 1 -> 2, or 0 -> 3. */
function decideStatus(room: Room, status: RoomStatus, now: number): Decision {
  if (room.status === status) return nothing;
  if (room.status === ROOM.waiting && status === ROOM.live) return accept(started(now));
  if (room.status === ROOM.live && status === ROOM.finished) return accept(...endOf(room, status));
  if (room.status === ROOM.waiting && status === ROOM.cancelled) return accept(...endOf(room, status));
  return refuse(isLive(room) ? 'state' : 'over');
}

/** What is due at once is one change: people first, for they were due while the room still was. */
function decideExpiry(room: Room, now: number): Decision {
  if (!isLive(room)) return nothing;
  const due = room.members.filter(
    (member) => isEngaged(member) && member.deadlineAt !== null && member.deadlineAt <= now,
  );
  const missed = due.filter(({ status }) => status === MEMBER.invited).map(({ uid }) => uid);
  const parts = due.map(({ uid, status }): RoomEvent => {
    if (status === MEMBER.joined) return over(uid, MEMBER.left);
    return { type: 'member.over', uid, status: MEMBER.missed, removed: false, together: missed };
  });
  if (room.emptyAt === null || room.emptyAt > now) return accept(...parts);
  return accept(...parts, ...endOf(applyAll(room, parts, now), ROOM.cancelled));
}
