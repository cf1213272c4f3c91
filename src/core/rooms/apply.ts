import type { RoomEvent } from './events.ts';
import { typeOf } from './events.ts';
import type { Room, RoomMember } from './room.ts';
import { MEMBER, memberOf, ROOM } from './room.ts';

/** The next value of a room after one event. Pure; never refuses: what may happen is `decide`'s. */
export function apply(room: Room, event: RoomEvent, at: number): Room {
  const told = typeOf(event) !== undefined;
  const next = told ? { ...room, version: room.version + 1, updatedAt: at } : room;
  switch (event.type) {
    case 'room.created':
      return next;
    case 'room.started':
      return {
        ...next,
        status: ROOM.live,
        startedAt: at,
        // From now on each of its people has a time of their own to come.
        emptyAt: null,
        members: room.members.map((member) =>
          member.status === MEMBER.joined && !member.inMedia && member.deadlineAt === null
            ? { ...member, deadlineAt: event.mediaBy }
            : member,
        ),
      };
    case 'room.over':
      return { ...next, status: event.status, endedAt: at, emptyAt: null };
    case 'member.invited':
      return withMember(next, event, at, {
        status: MEMBER.invited,
        deadlineAt: event.deadlineAt,
        ...nowhere,
      });
    case 'member.busy':
      return withMember(next, event, at, { status: MEMBER.busy, deadlineAt: null, ...nowhere });
    case 'member.joined':
      return withMember(next, event, at, {
        status: MEMBER.joined,
        deviceType: event.deviceType,
        joinTime: at,
        leaveTime: null,
        deadlineAt: event.deadlineAt,
        mediaSid: event.sid,
        inMedia: event.sid !== null,
        removedAt: null,
      });
    case 'member.over': {
      const member = memberOf(room, event.uid);
      if (!member) throw new Error('nobody can be over who never was');
      return withMember(next, member, at, {
        status: event.status,
        leaveTime: member.status === MEMBER.joined ? at : member.leaveTime,
        deadlineAt: null,
        inMedia: false,
        removedAt: event.removed ? at : member.removedAt,
      });
    }
    case 'member.media': {
      const member = memberOf(room, event.uid);
      if (!member) throw new Error('nobody has media who never was here');
      return withMember(next, member, at, {
        mediaSid: event.sid,
        inMedia: event.there,
        deadlineAt: event.deadlineAt,
      });
    }
  }
}

export const applyAll = (room: Room, events: readonly RoomEvent[], at: number): Room =>
  events.reduce((value, event) => apply(value, event, at), room);

const nowhere = { mediaSid: null, inMedia: false, removedAt: null } as const;

/** Somebody's part replaced, at its place; a new one comes last. */
function withMember(
  room: Room,
  { userId, uid }: { userId: number; uid: string },
  at: number,
  change: Partial<RoomMember>,
): Room {
  const known = memberOf(room, uid);
  const member = { ...(known ?? newMember(userId, uid, at)), ...change, updatedAt: at };
  const members = known
    ? room.members.map((old) => (old === known ? member : old))
    : [...room.members, member];
  return { ...room, members };
}

export const newMember = (userId: number, uid: string, at: number): RoomMember => ({
  id: 0,
  userId,
  uid,
  status: MEMBER.invited,
  deviceType: '',
  joinTime: null,
  leaveTime: null,
  deadlineAt: null,
  mediaSid: null,
  inMedia: false,
  removedAt: null,
  createdAt: at,
  updatedAt: at,
});
