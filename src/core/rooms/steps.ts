import type { RoomEvent } from './events.ts';
import type { MemberStatus } from './room.ts';
import { MEDIA_MS, MEMBER } from './room.ts';

/** Events that several commands come to. */

export const started = (now: number): RoomEvent => ({ type: 'room.started', mediaBy: now + MEDIA_MS });

export const over = (uid: string, status: Exclude<MemberStatus, 0 | 1>, removed = false): RoomEvent => ({
  type: 'member.over',
  uid,
  status,
  removed,
  together: status === MEMBER.missed || status === MEMBER.busy ? [uid] : [],
});

/** What asking these people in comes to. */
export function invitations(
  people: readonly { userId: number; uid: string; busy: boolean }[],
  deadlineAt: number,
): RoomEvent[] {
  const free = people.filter(({ busy }) => !busy).map(({ uid }) => uid);
  const busy = people.filter((person) => person.busy).map(({ uid }) => uid);
  return people.map(({ userId, uid, busy: taken }) =>
    taken
      ? { type: 'member.busy', userId, uid, together: busy }
      : { type: 'member.invited', userId, uid, deadlineAt, together: free },
  );
}
