import type { Decision, RoomCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import { decideJoin } from './decide-join.ts';
import type { Room, RoomRules } from './room.ts';
import { isEngaged, isFull, isLive, MEMBER, memberOf } from './room.ts';
import { invitations, over } from './steps.ts';

/** `PUT .../participants/:uid/status`: one's own to 1, 2 or 3; anything by who steers the room. */
export function decideSet(
  room: Room,
  command: RoomCommand & { type: 'set' },
  now: number,
  rules: RoomRules,
): Decision {
  const { uid, status, steers, removes, busy } = command;
  const member = memberOf(room, uid);
  if (!member) return refuse('no_member');
  if (!isLive(room)) return member.status === status ? nothing : refuse('over');
  if (status === MEMBER.joined) {
    return decideJoin(room, member, now);
  }
  if (status === member.status) return nothing;
  if (status === MEMBER.invited) {
    if (isEngaged(member)) return refuse('state');
    if (!busy && isFull(room)) return refuse('full');
    return accept(...invitations([{ userId: member.userId, uid, busy }], now + rules.ringMs));
  }
  if (!steers) {
    const refused = member.status === MEMBER.joined ? status !== MEMBER.left : !isEngaged(member);
    if (refused) return refuse('state');
  }
  return accept(over(uid, status, removes));
}
