import type { Room, RoomMember } from '../../core/rooms/room.ts';
import type { Db } from './db.ts';
import { type MemberRow, memberRow, type RoomRow, roomRow } from './room-rows.ts';
import { change, insertRows, query } from './statements.ts';

const insertRoomRow = change<RoomRow>((sql, p) =>
  sql.insertInto('rooms').values({
    room_name: p.room_name,
    channel_id: p.channel_id,
    channel_type: p.channel_type,
    creator_id: p.creator_id,
    creator_uid: p.creator_uid,
    call_type: p.call_type,
    invite_on: p.invite_on,
    status: p.status,
    max_members: p.max_members,
    created_at: p.created_at,
    updated_at: p.updated_at,
    started_at: p.started_at,
    ended_at: p.ended_at,
    empty_at: p.empty_at,
    version: p.version,
    due_at: p.due_at,
    live_key: p.live_key,
  }),
);
const numberOf = query<{ name: string }, { id: number }>((sql, p) =>
  sql.selectFrom('rooms').select('id').where('room_name', '=', p.name),
);
const update = change<RoomRow & { id: number; was: number }>((sql, p) =>
  sql
    .updateTable('rooms')
    .set({
      status: p.status,
      updated_at: p.updated_at,
      started_at: p.started_at,
      ended_at: p.ended_at,
      empty_at: p.empty_at,
      version: p.version,
      due_at: p.due_at,
      live_key: p.live_key,
    })
    .where('id', '=', p.id)
    .where('version', '=', p.was),
);

const MEMBER_KEY = ['room_id', 'user_id'] as const;
const MEMBER_STATE = [
  'status',
  'device_type',
  'join_time',
  'leave_time',
  'deadline_at',
  'media_sid',
  'in_media',
  'removed_at',
  'updated_at',
] as const;

const putMembers = insertRows<MemberRow>((sql, rows, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('room_members').values(
      rows.map((row) => ({
        room_id: row.room_id,
        user_id: row.user_id,
        uid: row.uid,
        status: row.status,
        device_type: row.device_type,
        join_time: row.join_time,
        leave_time: row.leave_time,
        deadline_at: row.deadline_at,
        media_sid: row.media_sid,
        in_media: row.in_media,
        removed_at: row.removed_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
      })),
    ),
    MEMBER_KEY,
    MEMBER_STATE,
  ),
);
const numbersOf = query<{ roomId: number }, { id: number; user_id: number }>((sql, p) =>
  sql.selectFrom('room_members').select(['id', 'user_id']).where('room_id', '=', p.roomId).orderBy('id'),
);

export async function insertRoom(db: Db, room: Room): Promise<Room> {
  await insertRoomRow(db, roomRow(room));
  const [row] = await numberOf(db, { name: room.name });
  if (!row) throw new Error(`room ${room.name} is not there after its insert`);
  return writeMembers(db, { ...room, id: row.id }, room.members);
}

/** The version decides, in the database: of two who read the same room one writes. */
export async function saveRoom(db: Db, before: Room, after: Room): Promise<Room | undefined> {
  const written = await update(db, { ...roomRow(after), id: before.id, was: before.version });
  if (written !== 1) return undefined;
  // Values are replaced, never changed in place: a member that is the same object is the same.
  const changed = after.members.filter((member) => !before.members.includes(member));
  return changed.length === 0 ? after : writeMembers(db, after, changed);
}

/** The room with the numbers that the database has given to those who are new. */
async function writeMembers(db: Db, room: Room, changed: readonly RoomMember[]): Promise<Room> {
  await putMembers(
    db,
    changed.map((member) => memberRow(room.id, member)),
  );
  if (!changed.some(({ id }) => id === 0)) return room;
  const rows = await numbersOf(db, { roomId: room.id });
  const numbers = new Map(rows.map((row) => [row.user_id, row.id]));
  const members = room.members.map((member) => ({
    ...member,
    id: numbers.get(member.userId) ?? member.id,
  }));
  return { ...room, members };
}
