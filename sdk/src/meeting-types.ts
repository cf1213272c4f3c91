/** Meetings as an application sees them; the wire's words are in `meeting-wire.ts`. */

export type MeetingStatus = 'scheduled' | 'ongoing' | 'ended' | 'cancelled';
export type MeetingRole = 'host' | 'moderator' | 'participant';

export interface MeetingSettings {
  recording: boolean;
  chat: boolean;
  screenShare: boolean;
  waitingRoom: boolean;
  muteOnJoin: boolean;
  /** People without an account may come in by the link. */
  guests: boolean;
}

export interface Meeting {
  id: number;
  title: string;
  description: string;
  startTime: Date | null;
  endTime: Date | null;
  maxParticipants: number;
  type: 'video' | 'audio';
  status: MeetingStatus;
  creatorId: number;
  settings: MeetingSettings;
  hasPassword: boolean;
  /** Nobody new comes in. */
  locked: boolean;
  /** Of one that recurs. */
  seriesId: number | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** One's own part, in a history. */
  attended?: { role: MeetingRole; joinedAt: Date | null; leftAt: Date | null };
}

export interface MeetingChanges {
  title?: string;
  description?: string;
  startTime?: Date | null;
  endTime?: Date | null;
  maxParticipants?: number;
  type?: 'video' | 'audio';
  settings?: Partial<MeetingSettings>;
  /** null takes it away. */
  password?: string | null;
}

export type NewMeeting = MeetingChanges & { title: string; password?: string };

export interface MeetingParticipant {
  id: number;
  userId: number;
  uid: string;
  name: string;
  avatarUrl: string | null;
  role: MeetingRole;
  status: 'online' | 'offline' | 'waiting';
  joinedAt: Date | null;
  leftAt: Date | null;
  audio: boolean;
  video: boolean;
  screen: boolean;
  handRaisedAt: Date | null;
  /** Has no account. */
  guest: boolean;
}

export interface MeetingMessage {
  id: number;
  userId: number;
  name: string;
  content: string;
  at: Date;
}

/** Whom an invitation is for: an account, or whoever reads an address. */
export interface MeetingInvitation {
  id: string;
  userId: number | null;
  /** The account's, or the address. */
  name: string;
  avatarUrl: string | null;
  email: string | null;
  /** Who invited them; null is the host application. */
  invitedBy: number | null;
  invitedAt: Date;
}

/** What came of inviting one: `already` within the last minutes, `unknown` is nobody here. */
export interface InvitedOne {
  /** As it was asked for. */
  invitee: string | number;
  /** null where there is none. */
  id: string | null;
  status: 'invited' | 'already' | 'unknown';
}

/** The ways in. While waiting there is no ticket for the media yet. */
export interface MeetingEntry {
  meetingId: number;
  participantId: number;
  status: 'online' | 'waiting';
  role: MeetingRole;
  muteOnJoin: boolean;
  /** The signalling socket's address, good for minutes. */
  roomUrl: string;
  iceServers: RTCIceServer[];
  /** For a LiveKit client. */
  media: { url: string; token: string } | null;
}

export interface MeetingQuery {
  page?: number;
  pageSize?: number;
  as?: 'all' | 'creator' | 'participant';
  status?: MeetingStatus;
  search?: string;
  from?: Date;
  to?: Date;
}

export interface MeetingPage {
  meetings: Meeting[];
  total: number;
}
