import type { Generated } from 'kysely';

/**
 * The tables as every dialect has them. Times are milliseconds in 64-bit integers, truth values 0
 * and 1, JSON its own text: nothing a driver could read in its own way.
 */
export interface Schema {
  users: UserTable;
  refresh_tokens: RefreshTokenTable;
  reset_tokens: { hash: string; user_id: number; expires_at: number };
  audit_log: AuditTable;
  counters: { name: string; value: number };
  contacts: { low_id: number; high_id: number; state: string; by_id: number; at: number };
  groups: { id: string; name: string; owner_id: number | null; created_at: number };
  group_members: { group_id: string; user_id: number };
  devices: DeviceTable;
  leases: { name: string; holder: string; until: number };
  calls: CallTable;
  legs: LegTable;
  engagements: { user_id: number; ref: string };
  call_stats: { call_id: string; user_id: number; stats: string; at: number };
  rooms: RoomTable;
  room_members: RoomMemberTable;
  meetings: MeetingTable;
  meeting_participants: MeetingParticipantTable;
  meeting_sessions: MeetingSessionTable;
  meeting_messages: MeetingMessageTable;
  meeting_tallies: MeetingTallyTable;
  meeting_series: MeetingSeriesTable;
  polls: PollTable;
  poll_votes: PollVoteTable;
  mails: MailTable;
  invitations: InvitationTable;
  media_removals: { room: string; identity: string; at: number };
  subjects: { subject: string; seq: number };
  events: EventTable;
  webhooks: WebhookTable;
  webhook_dead: DeadTable;
  schema_versions: { version: number; name: string; applied_at: number };
}

export interface UserTable {
  id: number;
  uid: string;
  username: string | null;
  email: string | null;
  display_name: string;
  avatar_url: string | null;
  role: string;
  status: string;
  token_version: number;
  password_hash: string | null;
  /** What search compares: the same in lower case, cut to what an index takes. */
  uid_key: string;
  username_key: string | null;
  name_key: string;
  created_at: number;
  updated_at: number;
  /** The meeting of somebody without an account. */
  guest_of: number | null;
  /** When to look whether a guest is done; null for everybody else. */
  guest_until: number | null;
}

export interface RefreshTokenTable {
  hash: string;
  user_id: number;
  family: string;
  spent_at: number | null;
  expires_at: number;
  /** Empty in rows of a program that did not know it yet: those are void. */
  token_version: number | null;
}

export interface AuditTable {
  id: Generated<number>;
  at: number;
  action: string;
  actor_kind: string;
  actor_id: number | null;
  actor: string;
  target_id: number;
  target: string;
  address: string;
  request_id: string;
  changes: string;
  reason: string | null;
}

export interface DeviceTable {
  id: string;
  user_id: number;
  node_id: string;
  jti: string | null;
  user_agent: string;
  connected_at: number;
}

export interface CallTable {
  id: string;
  kind: string;
  caller_uid: string;
  group_id: string | null;
  state: string;
  media: string;
  is_group: number;
  created_at: number;
  connected_at: number | null;
  ended_at: number | null;
  end_reason: string | null;
  version: number;
  offer: string | null;
}

export interface LegTable {
  call_id: string;
  user_id: number;
  uid: string;
  place: number;
  state: string;
  invited_by: string | null;
  device: string | null;
  bound: number;
  muted: number;
  video_on: number;
  deadline_at: number | null;
  lost_at: number | null;
  joined_at: number | null;
  left_at: number | null;
  reason: string | null;
  /** The call's, so that a person's history is one index. */
  created_at: number;
}

export interface RoomTable {
  id: Generated<number>;
  room_name: string;
  channel_id: string | null;
  channel_type: number | null;
  creator_id: number;
  creator_uid: string;
  call_type: number;
  invite_on: number;
  status: number;
  max_members: number;
  created_at: number;
  updated_at: number;
  started_at: number | null;
  ended_at: number | null;
  empty_at: number | null;
  version: number;
  /** The first deadline of the room and its members; null when it is over. */
  due_at: number | null;
  /** The channel while the room is live: of one channel there is one. */
  live_key: string | null;
}

export interface RoomMemberTable {
  id: Generated<number>;
  room_id: number;
  user_id: number;
  uid: string;
  status: number;
  device_type: string;
  join_time: number | null;
  leave_time: number | null;
  deadline_at: number | null;
  media_sid: string | null;
  in_media: number;
  removed_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface MeetingTable {
  id: number;
  /** Of a breakout room: its meeting, which lists show in its place. */
  parent_id: number | null;
  /** While breakout rooms are open: how, and until when. */
  round: string | null;
  /** Of one that recurs: its series, and the day of it that it stands for. */
  series_id: number | null;
  occurrence_day: string | null;
  title: string;
  /** What search compares. */
  title_key: string;
  description: string;
  start_time: number | null;
  end_time: number | null;
  max_participants: number;
  type: string;
  status: string;
  creator_id: number;
  settings: string;
  has_password: number;
  password_hash: string | null;
  locked: number;
  created_at: number;
  updated_at: number;
  started_at: number | null;
  ended_at: number | null;
  empty_at: number | null;
  version: number;
  /** The first deadline of the meeting and its people; null when it is over. */
  due_at: number | null;
  /** The start, or when it was made where none is planned. */
  planned_at: number;
  /** When it is planned to be over; after everything else where nothing is planned. */
  until_at: number;
  /** Whether it is: what numbers begin with. */
  ongoing: number;
  /** How many are in it, how many different people ever were. */
  online: number;
  people: number;
  /** How many connections there were, and how long those lasted together that have ended. */
  sessions: number;
  duration_ms: number;
}

export interface MeetingSeriesTable {
  id: number;
  creator_id: number;
  rule: string;
  timezone: string;
  /** The wall time of its first beginning. */
  start: string;
  exdates: string;
  duration_ms: number;
  title: string;
  description: string;
  max_participants: number;
  type: string;
  settings: string;
  has_password: number;
  password_hash: string | null;
  state: string;
  made_until: number;
  /** When somebody looks for what is to be made; null when it has ended. */
  look_at: number | null;
  created_at: number;
  updated_at: number;
  version: number;
}

export interface MeetingParticipantTable {
  id: Generated<number>;
  meeting_id: number;
  user_id: number;
  uid: string;
  role: string;
  state: string;
  admitted: number;
  joined_at: number | null;
  left_at: number | null;
  deadline_at: number | null;
  audio: number;
  video: number;
  screen: number;
  hand_at: number | null;
  /** 1 for a guest; null in rows from before there were any. */
  guest: number | null;
  created_at: number;
  updated_at: number;
  /** Whose lists have the meeting: the person's number, null when they were removed. */
  listed_for: number | null;
  /** The same of a breakout room, which no list has. */
  placed_for: number | null;
  /** The meeting's, so that a person's list is one index. */
  planned_at: number;
  until_at: number;
  status: string;
  creator_id: number;
}

export interface MeetingSessionTable {
  id: string;
  meeting_id: number;
  participant_id: number;
  user_id: number;
  kind: string;
  sid: string;
  node_id: string | null;
  device: string;
  started_at: number;
  ended_at: number | null;
  reason: string | null;
  quality: string | null;
  /** The node while the session lasts. */
  held_by: string | null;
}

export interface MeetingMessageTable {
  id: Generated<number>;
  meeting_id: number;
  user_id: number;
  uid: string;
  content: string;
  at: number;
}

/** What all meetings come to, in several rows that are added up. */
export interface MeetingTallyTable {
  part: number;
  scheduled: number;
  ongoing: number;
  ended: number;
  cancelled: number;
  sessions: number;
  open_sessions: number;
  duration_ms: number;
  messages: number;
}

export interface PollTable {
  id: number;
  meeting_id: number;
  creator_id: number | null;
  question: string;
  options: string;
  multiple: number;
  anonymous: number;
  results: string;
  status: string;
  /** Of the votes, in the order of the options. */
  counts: string;
  voters: number;
  created_at: number;
  opened_at: number | null;
  closed_at: number | null;
  told_at: number | null;
  /** By when everybody is to be told of the counts. */
  due_at: number | null;
}

/** Without a time: of who votes anonymously is kept that they did, and no more. */
export interface PollVoteTable {
  poll_id: number;
  user_id: number;
  options: string | null;
}

/** A letter that waits to be sent, sealed. */
export interface MailTable {
  id: string;
  sealed: string;
  created_at: number;
  next_at: number;
  until_at: number;
  tries: number;
}

export interface InvitationTable {
  id: string;
  meeting_id: number;
  user_id: number | null;
  email: string | null;
  by_id: number | null;
  at: number;
  sequence: number;
  state: string;
}

export interface EventTable {
  id: Generated<number>;
  subject: string;
  seq: number;
  type: string;
  at: number;
  data: string;
  position: number | null;
}

export interface WebhookTable {
  id: string;
  url: string;
  secret: string;
  events: string;
  cursor: number;
  attempts: number;
  next_at: number;
  failing_since: number | null;
  created_at: number;
}

export interface DeadTable {
  webhook_id: string;
  position: number;
  subject: string;
  seq: number;
  type: string;
  error: string;
  at: number;
}
