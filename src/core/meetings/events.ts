import type { Person } from './commands.ts';
import type {
  MediaFlags,
  MeetingHead,
  MeetingSession,
  ParticipantRole,
  Round,
  SessionEnd,
} from './meeting.ts';

/** What `update` may change of a meeting. */
export type MeetingChange = Partial<
  Pick<
    MeetingHead,
    | 'title'
    | 'description'
    | 'startTime'
    | 'endTime'
    | 'maxParticipants'
    | 'type'
    | 'settings'
    | 'hasPassword'
  >
>;

/** Why a meeting ended: somebody ended it, nobody was in it for long, or it was a breakout room and they closed. */
export type MeetingEnd = 'ended' | 'empty' | 'breakouts';

/** A breakout room as its meeting's people are told of it. */
export interface RoomName {
  id: number;
  name: string;
}

/** What can happen to a meeting. `apply` is the only reader that changes anything by them. */
export type MeetingEvent =
  | { type: 'meeting.created' }
  | { type: 'meeting.updated'; change: MeetingChange }
  | { type: 'meeting.locked'; locked: boolean }
  | { type: 'meeting.started' }
  /** Everybody in it has left by that. */
  | { type: 'meeting.ended'; reason: MeetingEnd; by: number | null }
  | { type: 'meeting.cancelled'; by: number | null }
  | (Person & { type: 'meeting.invited'; role: ParticipantRole; by: number | null })
  | (Person & { type: 'meeting.waiting'; deadlineAt: number })
  | (Person & { type: 'meeting.joined'; deadlineAt: number | null })
  | { type: 'meeting.left'; userId: number; reason: SessionEnd }
  | { type: 'meeting.removed'; userId: number; by: number | null }
  | { type: 'meeting.role'; userId: number; role: ParticipantRole; by: number | null }
  | { type: 'meeting.media'; userId: number; media: MediaFlags }
  | { type: 'meeting.hand'; userId: number; raised: boolean }
  | {
      type: 'meeting.muted';
      userIds: readonly number[];
      kinds: readonly (keyof MediaFlags)[];
      by: number | null;
    }
  | {
      type: 'meeting.breakouts_opened';
      round: Round;
      rooms: readonly (RoomName & { userIds: readonly number[] })[];
      by: number | null;
    }
  | { type: 'meeting.breakouts_moved'; userId: number; room: RoomName | null; by: number | null }
  | { type: 'meeting.breakouts_help'; userId: number; room: RoomName }
  | { type: 'meeting.breakouts_closing'; closesAt: number; by: number | null }
  | { type: 'meeting.breakouts_closed'; by: number | null }
  /** Of connections and deadlines alone; nobody is told. */
  | { type: 'session.opened'; session: MeetingSession }
  | { type: 'session.closed'; id: string; reason: SessionEnd; deadlineAt: number }
  | { type: 'participant.deadline'; userId: number; deadlineAt: number }
  | { type: 'meeting.empty'; emptyAt: number | null }
  | { type: 'round.occupied'; occupied: boolean };

const SILENT = [
  'session.opened',
  'session.closed',
  'participant.deadline',
  'meeting.empty',
  'round.occupied',
] as const satisfies readonly MeetingEvent['type'][];

export type ToldEvent = Exclude<MeetingEvent, { type: (typeof SILENT)[number] }>;

/** After these a list of a meeting's people is another one. */
const OF_PEOPLE: readonly MeetingEvent['type'][] = [
  'meeting.invited',
  'meeting.joined',
  'meeting.left',
  'meeting.removed',
  'meeting.role',
];

export const changesPeople = ({ type }: MeetingEvent): boolean => OF_PEOPLE.includes(type);

/** Whether the log has it. */
export const isTold = (event: MeetingEvent): event is ToldEvent =>
  !SILENT.some((type) => type === event.type);
