import type { Room, RoomHead, RoomMember } from '../../core/rooms/room.ts';
import type { RoomMemberTable, RoomTable } from './schema.ts';

export const ROOM_COLUMNS = [
  'r.id as room_number',
  'r.room_name',
  'r.channel_id',
  'r.channel_type',
  'r.creator_id',
  'r.creator_uid',
  'r.call_type',
  'r.invite_on',
  'r.status as room_status',
  'r.max_members',
  'r.created_at as room_created_at',
  'r.updated_at as room_updated_at',
  'r.started_at',
  'r.ended_at',
  'r.empty_at',
  'r.version',
] as const;
export const MEMBER_COLUMNS = [
  'm.id',
  'm.user_id',
  'm.uid',
  'm.status',
  'm.device_type',
  'm.join_time',
  'm.leave_time',
  'm.deadline_at',
  'm.media_sid',
  'm.in_media',
  'm.removed_at',
  'm.created_at',
  'm.updated_at',
] as const;

export type HeadRow = Omit<
  RoomTable,
  'id' | 'status' | 'created_at' | 'updated_at' | 'due_at' | 'live_key'
> & {
  room_number: number;
  room_status: number;
  room_created_at: number;
  room_updated_at: number;
};

/** A room and one of its members, as one statement answers them together. */
export type JoinedRow = HeadRow & Omit<RoomMemberTable, 'id' | 'room_id'> & { id: number };

export const isOver = (status: number): boolean => status > 1;

/** Rooms in the order of their first rows; members in the order they come. */
export function toRooms(rows: readonly JoinedRow[]): Room[] {
  const rooms: Room[] = [];
  let members: RoomMember[] = [];
  let last: number | undefined;
  for (const row of rows) {
    if (row.room_number !== last) {
      last = row.room_number;
      members = [];
      rooms.push({ ...toHead(row), members });
    }
    members.push(toMember(row));
  }
  return rooms;
}

export const toHead = (row: HeadRow): RoomHead => ({
  id: row.room_number,
  name: row.room_name,
  sourceChannelId: row.channel_id,
  sourceChannelType: row.channel_type,
  creatorId: row.creator_id,
  creator: row.creator_uid,
  callType: row.call_type as RoomHead['callType'],
  inviteOn: row.invite_on === 1,
  status: row.room_status as RoomHead['status'],
  maxMembers: row.max_members,
  createdAt: row.room_created_at,
  updatedAt: row.room_updated_at,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  emptyAt: row.empty_at,
  version: row.version,
});

const toMember = (row: JoinedRow): RoomMember => ({
  id: row.id,
  userId: row.user_id,
  uid: row.uid,
  status: row.status as RoomMember['status'],
  deviceType: row.device_type,
  joinTime: row.join_time,
  leaveTime: row.leave_time,
  deadlineAt: row.deadline_at,
  mediaSid: row.media_sid,
  inMedia: row.in_media === 1,
  removedAt: row.removed_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export type RoomRow = Omit<RoomTable, 'id'>;
export type MemberRow = Omit<RoomMemberTable, 'id'>;

export const roomRow = (room: Room): RoomRow => ({
  room_name: room.name,
  channel_id: room.sourceChannelId,
  channel_type: room.sourceChannelType,
  creator_id: room.creatorId,
  creator_uid: room.creator,
  call_type: room.callType,
  invite_on: room.inviteOn ? 1 : 0,
  status: room.status,
  max_members: room.maxMembers,
  created_at: room.createdAt,
  updated_at: room.updatedAt,
  started_at: room.startedAt,
  ended_at: room.endedAt,
  empty_at: room.emptyAt,
  version: room.version,
  due_at: dueAt(room),
  live_key: isOver(room.status) ? null : liveKey(room.sourceChannelId, room.sourceChannelType),
});

export const memberRow = (roomId: number, member: RoomMember): MemberRow => ({
  room_id: roomId,
  user_id: member.userId,
  uid: member.uid,
  status: member.status,
  device_type: member.deviceType,
  join_time: member.joinTime,
  leave_time: member.leaveTime,
  deadline_at: member.deadlineAt,
  media_sid: member.mediaSid,
  in_media: member.inMedia ? 1 : 0,
  removed_at: member.removedAt,
  created_at: member.createdAt,
  updated_at: member.updatedAt,
});

export const liveKey = (channelId: string | null, type: number | null): string | null =>
  channelId === null ? null : `${type ?? 0}:${channelId}`;

/** What is over is never due again, whatever its members say. */
function dueAt({ status, emptyAt, members }: Room): number | null {
  if (isOver(status)) return null;
  const deadlines = [emptyAt, ...members.map(({ deadlineAt }) => deadlineAt)].filter((at) => at !== null);
  return deadlines.length === 0 ? null : Math.min(...deadlines);
}
