import type {
  InvitedOne,
  Meeting,
  MeetingChanges,
  MeetingEntry,
  MeetingInvitation,
  MeetingMessage,
  MeetingParticipant,
  MeetingRole,
  MeetingSettings,
} from './meeting-types.ts';
import type { Query } from './rest.ts';

export interface WireSettings {
  enable_recording: boolean;
  enable_chat: boolean;
  enable_screen_share: boolean;
  enable_waiting_room: boolean;
  mute_on_join: boolean;
  allow_guests: boolean;
}

export interface WireMeeting {
  meeting_id: number;
  title: string;
  description: string;
  start_time: string | null;
  end_time: string | null;
  max_participants: number;
  meeting_type: Meeting['type'];
  status: Meeting['status'];
  creator_id: number;
  settings: WireSettings;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  has_password: boolean;
  locked: boolean;
  series_id?: number | null;
  role?: MeetingRole;
  joined_at?: string | null;
  left_at?: string | null;
}

export interface WireMeetings {
  meetings: WireMeeting[];
  total: number;
}

export interface WireParticipant {
  participant_id: number;
  user_id: number;
  username: string;
  nickname: string;
  role: MeetingRole;
  status: MeetingParticipant['status'];
  joined_at: string | null;
  uid: string;
  avatar_url: string | null;
  left_at: string | null;
  audio: boolean;
  video: boolean;
  screen: boolean;
  hand_raised_at: string | null;
  guest?: boolean;
}

export interface WireParticipants {
  participants: WireParticipant[];
  total: number;
}

export interface WireMessage {
  message_id: number;
  user_id: number;
  username: string;
  nickname: string;
  content: string;
  created_at: string;
}

export interface WireMessages {
  messages: WireMessage[];
  total: number;
}

export interface WireInvitation {
  invitation_id: string;
  user_id: number | null;
  username: string | null;
  nickname: string | null;
  avatar_url: string | null;
  email: string | null;
  invited_by: number | null;
  invited_at: string;
}

export interface WireInvitations {
  invitations: WireInvitation[];
  total: number;
}

export interface WireInvited {
  invitations: { invitee: string | number; invitation_id: string | null; status: InvitedOne['status'] }[];
}

export interface WireEntry {
  meeting_id: number;
  participant_id: number;
  room_url: string;
  ice_servers: RTCIceServer[];
  status: MeetingEntry['status'];
  role: MeetingRole;
  mute_on_join: boolean;
  url: string | null;
  token: string | null;
}

const SETTINGS = {
  recording: 'enable_recording',
  chat: 'enable_chat',
  screenShare: 'enable_screen_share',
  waitingRoom: 'enable_waiting_room',
  muteOnJoin: 'mute_on_join',
  guests: 'allow_guests',
} as const satisfies Record<keyof MeetingSettings, keyof WireSettings>;
const NAMED = Object.entries(SETTINGS) as [keyof MeetingSettings, keyof WireSettings][];

export const date = (text: string | null | undefined) => (text ? new Date(text) : null);

export const settingsOf = (wire: WireSettings) =>
  Object.fromEntries(NAMED.map(([name, wired]) => [name, wire[wired]])) as unknown as MeetingSettings;

export function meetingOf(wire: WireMeeting): Meeting {
  return {
    id: wire.meeting_id,
    title: wire.title,
    description: wire.description,
    startTime: date(wire.start_time),
    endTime: date(wire.end_time),
    maxParticipants: wire.max_participants,
    type: wire.meeting_type,
    status: wire.status,
    creatorId: wire.creator_id,
    settings: settingsOf(wire.settings),
    hasPassword: wire.has_password,
    locked: wire.locked,
    seriesId: wire.series_id ?? null,
    createdAt: new Date(wire.created_at),
    startedAt: date(wire.started_at),
    endedAt: date(wire.ended_at),
    ...(wire.role && {
      attended: { role: wire.role, joinedAt: date(wire.joined_at), leftAt: date(wire.left_at) },
    }),
  };
}

/** What is named changes; an instant goes with its zone. */
export function changesOf(changes: MeetingChanges): Record<string, unknown> {
  const { startTime, endTime, maxParticipants, type, settings, ...same } = changes;
  return {
    ...same,
    ...(startTime !== undefined && { start_time: startTime?.toISOString() ?? null }),
    ...(endTime !== undefined && { end_time: endTime?.toISOString() ?? null }),
    ...(maxParticipants !== undefined && { max_participants: maxParticipants }),
    ...(type !== undefined && { meeting_type: type }),
    ...(settings && {
      settings: Object.fromEntries(
        NAMED.flatMap(([name, wired]) => (settings[name] === undefined ? [] : [[wired, settings[name]]])),
      ),
    }),
  };
}

export const participantOf = (wire: WireParticipant): MeetingParticipant => ({
  id: wire.participant_id,
  userId: wire.user_id,
  uid: wire.uid,
  name: wire.nickname || wire.username,
  avatarUrl: wire.avatar_url,
  role: wire.role,
  status: wire.status,
  joinedAt: date(wire.joined_at),
  leftAt: date(wire.left_at),
  audio: wire.audio,
  video: wire.video,
  screen: wire.screen,
  handRaisedAt: date(wire.hand_raised_at),
  guest: wire.guest === true,
});

export const messageOf = (wire: WireMessage): MeetingMessage => ({
  id: wire.message_id,
  userId: wire.user_id,
  name: wire.nickname || wire.username,
  content: wire.content,
  at: new Date(wire.created_at),
});

export const invitationOf = (wire: WireInvitation): MeetingInvitation => ({
  id: wire.invitation_id,
  userId: wire.user_id,
  name: wire.nickname || wire.username || wire.email || '',
  avatarUrl: wire.avatar_url,
  email: wire.email,
  invitedBy: wire.invited_by,
  invitedAt: new Date(wire.invited_at),
});

export const invitedOf = ({ invitations }: WireInvited): InvitedOne[] =>
  invitations.map(({ invitee, invitation_id, status }) => ({ invitee, id: invitation_id, status }));

export const entryOf = (wire: WireEntry): MeetingEntry => ({
  meetingId: wire.meeting_id,
  participantId: wire.participant_id,
  status: wire.status,
  role: wire.role,
  muteOnJoin: wire.mute_on_join,
  roomUrl: wire.room_url,
  iceServers: wire.ice_servers,
  media: wire.url !== null && wire.token !== null ? { url: wire.url, token: wire.token } : null,
});

/** Pages and times of a question, in the wire's words. */
export function queryOf(query: object): Query {
  const pairs = Object.entries(query).map(([name, value]) => [
    name === 'pageSize' ? 'page_size' : name,
    value instanceof Date ? value.toISOString() : value,
  ]);
  return Object.fromEntries(pairs) as Query;
}
