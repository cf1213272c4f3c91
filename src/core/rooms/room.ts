/** The room of contract D and its members: plain data, one value per version. The rules are in the files beside it. */

export const ROOM = { waiting: 0, live: 1, finished: 2, cancelled: 3 } as const;
export type RoomStatus = (typeof ROOM)[keyof typeof ROOM];

export const MEMBER = {
  invited: 0,
  joined: 1,
  rejected: 2,
  left: 3,
  missed: 4,
  busy: 5,
  cancelled: 6,
} as const;
export type MemberStatus = (typeof MEMBER)[keyof typeof MEMBER];

/** One person's part in a room. */
export interface RoomMember {
  /** Given by the database; 0 until then. */
  id: number;
  userId: number;
  uid: string;
  status: MemberStatus;
  deviceType: string;
  joinTime: number | null;
  leaveTime: number | null;
  /** When an invitation is missed, or somebody without media has left. */
  deadlineAt: number | null;
  /** The session of the engine that was heard of last, and whether it is there now. */
  mediaSid: string | null;
  inMedia: boolean;
  /** Somebody else took this person out: a ticket of before lets nobody in. */
  removedAt: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface Room {
  /** Given by the database; 0 until then. */
  id: number;
  name: string;
  sourceChannelId: string | null;
  sourceChannelType: number | null;
  creatorId: number;
  creator: string;
  /** 0 audio, 1 video. */
  callType: 0 | 1;
  /** Members may invite; else the creator alone. */
  inviteOn: boolean;
  status: RoomStatus;
  /** The creator included. Places are taken by joining, not by being invited. */
  maxMembers: number;
  createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** When it is cancelled if it has not started by then. */
  emptyAt: number | null;
  /** The number of the last event. */
  version: number;
  /** In the order they came. */
  members: readonly RoomMember[];
}

/** A room without its members, as lists have it. */
export type RoomHead = Omit<Room, 'members'>;

/** Seconds of the configuration, here in milliseconds. */
export interface RoomRules {
  ringMs: number;
  /** A room that no media enters for so long is cancelled. */
  emptyRoomMs: number;
  /** Whose media went has so long to come back. */
  departureMs: number;
  /** The engine makes rooms when somebody enters; where not, they are opened before. Unsaid, it does. */
  autoCreate?: boolean;
}

/** Who has joined has so long to come with media. */
export const MEDIA_MS = 60_000;

export const isLive = ({ status }: RoomHead): boolean => status === ROOM.waiting || status === ROOM.live;
/** The room holds this person: nothing else may have them. */
export const isEngaged = ({ status }: RoomMember): boolean =>
  status === MEMBER.invited || status === MEMBER.joined;
export const memberOf = (room: Room, uid: string): RoomMember | undefined =>
  room.members.find((member) => member.uid === uid);
export const joinedIn = (room: Room): RoomMember[] =>
  room.members.filter(({ status }) => status === MEMBER.joined);
export const isFull = (room: Room): boolean => joinedIn(room).length >= room.maxMembers;

/** Whole seconds between start and end; 0 if it never started. */
export function durationS(room: RoomHead, now: number): number {
  if (room.startedAt === null) return 0;
  return Math.max(0, Math.floor(((room.endedAt ?? now) - room.startedAt) / 1000));
}

/** The subject of a room's events, and what its people are engaged by. */
export const subjectOf = (name: string): string => `room:${name}`;
