import { applyAll } from './apply.ts';
import type { FinalRoomStatus, RoomEvent } from './events.ts';
import type { Room } from './room.ts';
import { isEngaged, isLive, MEMBER, ROOM } from './room.ts';

/**
 * After people's parts have changed: does the room go on? One for two is over when one of them has
 * left, a larger one when nobody is invited or joined.
 */
export function settle(room: Room, events: readonly RoomEvent[], at: number): readonly RoomEvent[] {
  const after = applyAll(room, events, at);
  if (!isLive(after)) return events;
  const wentOff = room.members.some(
    ({ uid, status }) =>
      status === MEMBER.joined && after.members.find((now) => now.uid === uid)?.status !== MEMBER.joined,
  );
  const over = (after.maxMembers <= 2 && wentOff) || !after.members.some(isEngaged);
  return over ? [...events, ...endOf(after, ROOM.finished)] : events;
}

/** The room is over: who is there has left, who was asked is so no longer. */
export function endOf(room: Room, status: FinalRoomStatus): RoomEvent[] {
  const parts = room.members.filter(isEngaged).map(
    ({ uid, status: was }): RoomEvent => ({
      type: 'member.over',
      uid,
      status: was === MEMBER.joined ? MEMBER.left : MEMBER.cancelled,
      removed: false,
      together: [],
    }),
  );
  return [...parts, { type: 'room.over', status }];
}
