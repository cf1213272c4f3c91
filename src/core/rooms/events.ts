import { durationS, MEMBER, type MemberStatus, ROOM, type Room, type RoomStatus } from './room.ts';

export type FinalMemberStatus = Exclude<MemberStatus, 0 | 1>;
export type FinalRoomStatus = Extract<RoomStatus, 2 | 3>;

/** What can happen to a room. `apply` is the only reader that changes anything by them. */
export type RoomEvent =
  | { type: 'room.created' }
  /** Whoever joined before and has no media yet must come by `mediaBy`. */
  | { type: 'room.started'; mediaBy: number }
  | { type: 'room.over'; status: FinalRoomStatus }
  /** `together`: everybody whom the same command invited. */
  | {
      type: 'member.invited';
      userId: number;
      uid: string;
      deadlineAt: number;
      together: readonly string[];
    }
  | { type: 'member.busy'; userId: number; uid: string; together: readonly string[] }
  | {
      type: 'member.joined';
      userId: number;
      uid: string;
      deviceType: string;
      /** The engine's session, when it was by media that they came. */
      sid: string | null;
      deadlineAt: number | null;
    }
  | {
      type: 'member.over';
      uid: string;
      status: FinalMemberStatus;
      removed: boolean;
      together: readonly string[];
    }
  /** Of media alone; nobody is told. */
  | { type: 'member.media'; uid: string; sid: string | null; there: boolean; deadlineAt: number | null };

const OVER = {
  [MEMBER.rejected]: 'participant.rejected',
  [MEMBER.left]: 'participant.left',
  [MEMBER.missed]: 'participant.missed',
  [MEMBER.busy]: 'participant.missed',
  [MEMBER.cancelled]: 'participant.cancelled',
} as const satisfies Record<FinalMemberStatus, string>;

/** The name of an event in the log, in contract D's words; undefined for those that are not told. */
export function typeOf(event: RoomEvent): string | undefined {
  switch (event.type) {
    case 'room.created':
    case 'room.started':
      return event.type;
    case 'room.over':
      return event.status === ROOM.finished ? 'room.finished' : 'room.cancelled';
    case 'member.invited':
      return 'participant.invited';
    case 'member.busy':
      return 'participant.missed';
    case 'member.joined':
      return 'participant.joined';
    case 'member.over':
      return OVER[event.status];
    case 'member.media':
      return undefined;
  }
}

/** An event as the log has it: contract D's business data, of the room as it is right after. */
export function describe(
  event: RoomEvent,
  after: Room,
  at: number,
): { type: string; data: Record<string, unknown> } | undefined {
  const type = typeOf(event);
  if (type === undefined) return undefined;
  const room = {
    room_id: after.name,
    creator: after.creator,
    call_type: after.callType,
    invite_on: after.inviteOn ? 1 : 0,
    status: after.status,
    max_participants: after.maxMembers,
    duration: durationS(after, at),
    uids: after.members.map(({ uid }) => uid),
    created_at: seconds(after.createdAt),
    updated_at: seconds(after.updatedAt),
  };
  if (!('uid' in event)) return { type, data: room };
  const deviceType = after.members.find(({ uid }) => uid === event.uid)?.deviceType ?? '';
  const together = 'together' in event ? event.together : [];
  return {
    type,
    data: {
      ...room,
      uid: event.uid,
      device_type: deviceType,
      invited_uids: type === 'participant.invited' ? together : [],
      missed_uids: type === 'participant.missed' ? together : [],
    },
  };
}

const seconds = (ms: number) => Math.floor(ms / 1000);
