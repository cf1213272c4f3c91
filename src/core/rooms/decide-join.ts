import type { Decision } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import type { Room } from './room.ts';
import { isFull, isLive, MEDIA_MS, MEMBER, memberOf } from './room.ts';

/** Again is allowed, and the time to come with media begins anew. */
export function decideJoin(
  room: Room,
  { userId, uid, deviceType }: { userId: number; uid: string; deviceType: string },
  now: number,
): Decision {
  if (!isLive(room)) return refuse('over');
  const member = memberOf(room, uid);
  const deadlineAt = now + MEDIA_MS;
  if (member?.status === MEMBER.joined) {
    if (member.inMedia) return nothing;
    return accept({ type: 'member.media', uid, sid: member.mediaSid, there: false, deadlineAt });
  }
  if (isFull(room)) return refuse('full');
  return accept({ type: 'member.joined', userId, uid, deviceType, sid: null, deadlineAt });
}
