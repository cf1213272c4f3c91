import type { Generated } from 'kysely';

/**
 * The tables as every dialect has them. Times are milliseconds in 64-bit integers, truth values 0
 * and 1, JSON its own text: nothing a driver could read in its own way.
 */
export interface Schema {
  users: UserTable;
  refresh_tokens: RefreshTokenTable;
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
}

export interface RefreshTokenTable {
  hash: string;
  user_id: number;
  family: string;
  spent_at: number | null;
  expires_at: number;
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
