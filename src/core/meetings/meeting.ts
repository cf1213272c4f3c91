/** A meeting of contract E and its participants: plain data, one value per version. The rules are in the files beside it. */

export type MeetingStatus = 'scheduled' | 'ongoing' | 'ended' | 'cancelled';
export type MeetingType = 'video' | 'audio';
export type ParticipantRole = 'host' | 'moderator' | 'participant';

/**
 * `invited`: named beforehand, not come yet. `waiting`: outside, to be let in. `removed`: taken out,
 * comes back only when added again. The contract shows `invited` and `removed` as `offline`.
 */
export type ParticipantState = 'invited' | 'waiting' | 'online' | 'offline' | 'removed';

export interface MeetingSettings {
  recording: boolean;
  chat: boolean;
  screenShare: boolean;
  waitingRoom: boolean;
  muteOnJoin: boolean;
  /** People without an account may come in by the link. */
  guests: boolean;
}

/** What somebody sends, as their client says it or the engine sees it; told to who comes later. */
export interface MediaFlags {
  audio: boolean;
  video: boolean;
  screen: boolean;
}

/** One person's part in a meeting. */
export interface Participant {
  /** Given by the database; 0 until then. */
  id: number;
  userId: number;
  uid: string;
  role: ParticipantRole;
  state: ParticipantState;
  /** Was let in once: does not wait again. */
  admitted: boolean;
  /** When they came last; null if never. */
  joinedAt: number | null;
  leftAt: number | null;
  /** Online and connected by nothing: has left by then if nothing of theirs comes. */
  deadlineAt: number | null;
  media: MediaFlags;
  /** A raised hand, and since when. */
  handAt: number | null;
  /** Has no account: is never host or moderator. */
  guest: boolean;
  createdAt: number;
  updatedAt: number;
}

/** One connection of a participant: a signalling socket, or a session of the media engine. */
export interface MeetingSession {
  /** `ses_...` */
  id: string;
  meetingId: number;
  participantId: number;
  userId: number;
  kind: 'socket' | 'media';
  /** The engine's own name of it (`PA_...`); the session's id where it is a socket. */
  sid: string;
  /** Whose socket it is; null for the engine's. */
  nodeId: string | null;
  device: string;
  startedAt: number;
  endedAt: number | null;
  /** Why it ended; null while it lasts. */
  reason: SessionEnd | null;
  /** What was measured last, while it lasted. */
  quality: SessionQuality | null;
}

export type SessionEnd = 'left' | 'lost' | 'removed' | 'replaced' | 'ended' | 'banned';

export interface SessionQuality {
  /** 0 to 1. */
  loss: number;
  rttMs: number | null;
}

/** A meeting's people are, or may be, in rooms apart for a while. A room has a copy of its meeting's. */
export interface Round {
  /** Everybody chooses their room themselves. */
  free: boolean;
  openedAt: number;
  /** When it closes, if that is set; once `closing` it is for good. */
  closesAt: number | null;
  closing: boolean;
  /** Somebody is in one of the rooms, so that the meeting is not deserted. */
  occupied: boolean;
}

/** A meeting without its people, as lists have it. */
export interface MeetingHead {
  /** Given by the database; 0 until then. */
  id: number;
  /** Of a breakout room: the meeting that it is a room of. */
  parentId: number | null;
  /** While its breakout rooms are open. */
  round: Round | null;
  /** Of one that recurs: its series, and the day of it that this meeting stands for, `2026-03-29`. */
  seriesId: number | null;
  occurrenceDay: string | null;
  title: string;
  description: string;
  startTime: number | null;
  endTime: number | null;
  /** Places are taken by being online. */
  maxParticipants: number;
  type: MeetingType;
  status: MeetingStatus;
  creatorId: number;
  settings: MeetingSettings;
  hasPassword: boolean;
  /** Nobody comes in who is not in it already, but the host. */
  locked: boolean;
  createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** Ongoing without anybody: it ends by then. */
  emptyAt: number | null;
  /** The number of the last event. */
  version: number;
}

export interface PeopledMeeting extends MeetingHead {
  /** In the order they came. */
  participants: readonly Participant[];
}

export interface Meeting extends PeopledMeeting {
  /** The connections there are now; in a change, also those that it has ended. */
  sessions: readonly MeetingSession[];
}

export interface MeetingMessage {
  /** Given by the database; 0 until then. */
  id: number;
  meetingId: number;
  userId: number;
  uid: string;
  content: string;
  at: number;
}

export const isOver = ({ status }: MeetingHead): boolean => status === 'ended' || status === 'cancelled';
export const participantOf = (meeting: PeopledMeeting, userId: number): Participant | undefined =>
  meeting.participants.find((participant) => participant.userId === userId);
export const onlineIn = (meeting: PeopledMeeting): Participant[] =>
  meeting.participants.filter(({ state }) => state === 'online');
export const isFull = (meeting: Meeting): boolean => onlineIn(meeting).length >= meeting.maxParticipants;
/** Of one person, those that are open. */
export const sessionsOf = (meeting: Meeting, userId: number): MeetingSession[] =>
  meeting.sessions.filter((session) => session.userId === userId && session.endedAt === null);

/** Durations of the configuration, in milliseconds. */
export interface MeetingRules {
  /** Ongoing without anybody for so long, it ends. */
  emptyRoomMs: number;
  /** Whose last connection went has so long to come back. */
  departureMs: number;
  /** The engine makes rooms when somebody enters; where not, they are opened before. Unsaid, it does. */
  autoCreate?: boolean;
}

/** Who has come in by word has so long to connect. */
export const CONNECT_MS = 60_000;
/** Who waits without a connection has so long to ask again. */
export const WAITING_MS = 5 * 60_000;

/** The subject of a meeting's events. */
export const subjectOf = (id: number): string => `meeting:${id}`;

/** The room that carries a meeting's media; the names that begin so are reserved for them. */
export const roomOf = (id: number): string => `meet_${id}`;
/** Which meeting a room carries, if it does. */
export function meetingOf(room: string): number | undefined {
  const match = /^meet_([1-9]\d{0,15})$/.exec(room);
  return match ? Number(match[1]) : undefined;
}
