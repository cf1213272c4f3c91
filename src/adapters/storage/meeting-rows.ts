import type { Meeting, MeetingHead, Participant } from '../../core/meetings/meeting.ts';
import type { MeetingParticipantTable, MeetingTable } from './schema.ts';

/** Everything but the password's hash, which nothing but joining reads. */
export const HEAD_COLUMNS = [
  'm.id as meeting_number',
  'm.parent_id',
  'm.round',
  'm.series_id',
  'm.occurrence_day',
  'm.title',
  'm.description',
  'm.start_time',
  'm.end_time',
  'm.max_participants',
  'm.type',
  'm.status',
  'm.creator_id',
  'm.settings',
  'm.has_password',
  'm.locked',
  'm.created_at as meeting_created_at',
  'm.updated_at as meeting_updated_at',
  'm.started_at',
  'm.ended_at',
  'm.empty_at',
  'm.version',
] as const;
export const PARTICIPANT_COLUMNS = [
  'p.id',
  'p.user_id',
  'p.uid',
  'p.role',
  'p.state',
  'p.admitted',
  'p.joined_at',
  'p.left_at',
  'p.deadline_at',
  'p.audio',
  'p.video',
  'p.screen',
  'p.hand_at',
  'p.guest',
  'p.created_at',
  'p.updated_at',
] as const;

/** What only the tables know: keys of searches and orders, counts, the password. */
type Kept = 'title_key' | 'password_hash' | 'due_at' | 'planned_at' | 'until_at' | 'ongoing';
type Counts = 'online' | 'people' | 'sessions' | 'duration_ms';

export type HeadRow = Omit<MeetingTable, 'id' | 'created_at' | 'updated_at' | Kept | Counts> & {
  meeting_number: number;
  meeting_created_at: number;
  meeting_updated_at: number;
};
/** What a person's row says again of the meeting. */
export type Listed = Pick<MeetingParticipantTable, 'planned_at' | 'until_at' | 'status' | 'creator_id'>;
export type PersonRow = Omit<
  MeetingParticipantTable,
  'id' | 'meeting_id' | 'listed_for' | 'placed_for' | keyof Listed
> & { id: number };

/** A meeting and one of its people, as one statement answers them together. */
export type JoinedRow = HeadRow & PersonRow;

export const toHead = (row: HeadRow): MeetingHead => ({
  id: row.meeting_number,
  parentId: row.parent_id,
  round: row.round === null ? null : (JSON.parse(row.round) as MeetingHead['round']),
  seriesId: row.series_id,
  occurrenceDay: row.occurrence_day,
  title: row.title,
  description: row.description,
  startTime: row.start_time,
  endTime: row.end_time,
  maxParticipants: row.max_participants,
  type: row.type as MeetingHead['type'],
  status: row.status as MeetingHead['status'],
  creatorId: row.creator_id,
  settings: JSON.parse(row.settings) as MeetingHead['settings'],
  hasPassword: row.has_password === 1,
  locked: row.locked === 1,
  createdAt: row.meeting_created_at,
  updatedAt: row.meeting_updated_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  emptyAt: row.empty_at,
  version: row.version,
});

export const toParticipant = (row: PersonRow): Participant => ({
  id: row.id,
  userId: row.user_id,
  uid: row.uid,
  role: row.role as Participant['role'],
  state: row.state as Participant['state'],
  admitted: row.admitted === 1,
  joinedAt: row.joined_at,
  leftAt: row.left_at,
  deadlineAt: row.deadline_at,
  media: { audio: row.audio === 1, video: row.video === 1, screen: row.screen === 1 },
  handAt: row.hand_at,
  guest: row.guest === 1,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

/** What a save writes; who made it and when, and the password, stay as they are. */
export type MeetingState = Omit<
  MeetingTable,
  | 'id'
  | 'parent_id'
  | 'series_id'
  | 'occurrence_day'
  | 'creator_id'
  | 'created_at'
  | 'has_password'
  | 'password_hash'
  | 'sessions'
  | 'duration_ms'
>;

export const meetingState = (meeting: Meeting): MeetingState => ({
  round: meeting.round && JSON.stringify(meeting.round),
  title: meeting.title,
  title_key: titleKey(meeting.title),
  description: meeting.description,
  start_time: meeting.startTime,
  end_time: meeting.endTime,
  max_participants: meeting.maxParticipants,
  type: meeting.type,
  status: meeting.status,
  settings: JSON.stringify(meeting.settings),
  locked: meeting.locked ? 1 : 0,
  updated_at: meeting.updatedAt,
  started_at: meeting.startedAt,
  ended_at: meeting.endedAt,
  empty_at: meeting.emptyAt,
  version: meeting.version,
  due_at: dueAt(meeting),
  planned_at: plannedAt(meeting),
  until_at: untilAt(meeting),
  ongoing: meeting.status === 'ongoing' ? 1 : 0,
  online: meeting.participants.filter(({ state }) => state === 'online').length,
  people: meeting.participants.filter(({ joinedAt }) => joinedAt !== null).length,
});

export type ParticipantRow = Omit<MeetingParticipantTable, 'id'>;

export const participantRow = (meeting: Meeting, person: Participant): ParticipantRow => ({
  meeting_id: meeting.id,
  user_id: person.userId,
  uid: person.uid,
  role: person.role,
  state: person.state,
  admitted: person.admitted ? 1 : 0,
  joined_at: person.joinedAt,
  left_at: person.leftAt,
  deadline_at: person.deadlineAt,
  audio: person.media.audio ? 1 : 0,
  video: person.media.video ? 1 : 0,
  screen: person.media.screen ? 1 : 0,
  hand_at: person.handAt,
  guest: person.guest ? 1 : 0,
  created_at: person.createdAt,
  updated_at: person.updatedAt,
  listed_for: person.state === 'removed' || meeting.parentId !== null ? null : person.userId,
  placed_for: person.state === 'removed' || meeting.parentId === null ? null : person.userId,
  ...listed(meeting),
});

export const listed = (meeting: MeetingHead): Listed => ({
  planned_at: plannedAt(meeting),
  until_at: untilAt(meeting),
  status: meeting.status,
  creator_id: meeting.creatorId,
});

/** How titles are compared in search. */
export const titleKey = (title: string): string => title.toLowerCase();

/** What lists are in the order of. */
const plannedAt = ({ startTime, createdAt }: MeetingHead): number => startTime ?? createdAt;

/** When it is planned to be over: never, where nothing is planned. */
const untilAt = ({ startTime, endTime }: MeetingHead): number =>
  endTime ?? startTime ?? Number.MAX_SAFE_INTEGER;

/** What is over is never due again, whatever its people say. */
function dueAt(meeting: Meeting): number | null {
  if (meeting.status === 'ended' || meeting.status === 'cancelled') return null;
  const own = meeting.participants.map(({ deadlineAt }) => deadlineAt);
  // Breakout rooms close when their meeting does so.
  const closesAt = meeting.parentId === null ? (meeting.round?.closesAt ?? null) : null;
  const deadlines = [meeting.emptyAt, closesAt, ...own].filter((at) => at !== null);
  return deadlines.length === 0 ? null : Math.min(...deadlines);
}
