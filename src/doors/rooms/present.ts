import { Type } from 'typebox';
import type { RoomHead, RoomMember } from '../../core/rooms/index.ts';
import type { Locale } from '../locale.ts';
import { wholeSeconds } from '../time.ts';
import { say } from '../words.ts';
import { CallType, Count, InviteOn, orNull, PartStatus, RoomName, Status, Time, Uid } from './schema.ts';

/** The envelope when all is well. */
export const success = <T>(locale: Locale, key: string, data: T) => ({
  code: 0 as const,
  msg: say(key, locale),
  data,
});

export const RoomInfo = Type.Object({
  id: Count,
  source_channel_id: orNull('string'),
  source_channel_type: orNull('integer'),
  creator: Uid,
  room_name: RoomName,
  call_type: CallType,
  invite_on: InviteOn,
  status: Status,
  created_at: Time,
  updated_at: Time,
});

export const presentRoom = (room: RoomHead) => ({
  id: room.id,
  source_channel_id: room.sourceChannelId,
  source_channel_type: room.sourceChannelType,
  creator: room.creator,
  room_name: room.name,
  call_type: room.callType,
  invite_on: room.inviteOn ? (1 as const) : (0 as const),
  status: room.status,
  created_at: wholeSeconds(room.createdAt),
  updated_at: wholeSeconds(room.updatedAt),
});

export const MemberInfo = Type.Object({
  id: Count,
  room_name: RoomName,
  uid: Uid,
  status: PartStatus,
  join_time: Type.Integer({ description: 'Milliseconds; 0: never.' }),
  leave_time: Type.Integer({ description: 'Milliseconds; 0: not yet.' }),
  created_at: Time,
  updated_at: Time,
});

export const presentMember = (room: RoomHead, member: RoomMember) => ({
  id: member.id,
  room_name: room.name,
  uid: member.uid,
  status: member.status,
  join_time: member.joinTime ?? 0,
  leave_time: member.leaveTime ?? 0,
  created_at: wholeSeconds(member.createdAt),
  updated_at: wholeSeconds(member.updatedAt),
});
