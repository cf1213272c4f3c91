import type { Decision, RoomCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import type { RoomEvent } from './events.ts';
import type { Room, RoomRules } from './room.ts';
import { isFull, isLive, MEMBER, memberOf, ROOM } from './room.ts';
import { started } from './steps.ts';

/** Somebody's media is there: they have joined, and the room has started. A refusal means: not let in. */
export function decideEntered(
  room: Room,
  { userId, uid, sid, at, seen }: RoomCommand & { type: 'entered' },
  now: number,
): Decision {
  if (!isLive(room)) return refuse('over');
  const member = memberOf(room, uid);
  const start = room.status === ROOM.waiting ? [started(now)] : [];
  if (member?.status === MEMBER.joined) {
    // A session that went does not come back: it is told once more, late.
    const known = member.mediaSid === sid && (member.inMedia || !seen);
    if (known) return nothing;
    const media: RoomEvent = { type: 'member.media', uid, sid, there: true, deadlineAt: null };
    return accept(media, ...start);
  }
  // Told late: they have left since.
  if (!seen && member && (member.mediaSid === sid || at <= (member.leaveTime ?? 0))) return nothing;
  if (member && member.removedAt !== null) return refuse('state');
  if (isFull(room)) return refuse('full');
  const deviceType = member?.deviceType ?? '';
  const joined: RoomEvent = { type: 'member.joined', userId, uid, deviceType, sid, deadlineAt: null };
  return accept(joined, ...start);
}

/** Somebody's media is no longer there: it may come back for a while, for a page may be reloaded. */
export function decideGone(
  room: Room,
  { uid, sid }: RoomCommand & { type: 'gone' },
  now: number,
  rules: RoomRules,
): Decision {
  const member = memberOf(room, uid);
  if (!isLive(room) || member?.status !== MEMBER.joined) return nothing;
  // Of an older session, or told once more. Who was never heard to come has gone all the same.
  const news = member.mediaSid === null || (member.inMedia && member.mediaSid === sid);
  if (!news) return nothing;
  return accept({ type: 'member.media', uid, sid, there: false, deadlineAt: now + rules.departureMs });
}
