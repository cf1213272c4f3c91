import type { RoomQueries, RoomWrites } from '../../ports/store/rooms.ts';
import type { Db } from './db.ts';
import { engagedOf } from './engagements.ts';
import {
  type HeadRow,
  isOver,
  type JoinedRow,
  liveKey,
  MEMBER_COLUMNS,
  ROOM_COLUMNS,
  toHead,
  toRooms,
} from './room-rows.ts';
import { insertRoom, saveRoom } from './room-writes.ts';
import { query, queryIn } from './statements.ts';

const byName = query<{ name: string }, JoinedRow>((sql, p) =>
  sql
    .selectFrom('rooms as r')
    .innerJoin('room_members as m', 'm.room_id', 'r.id')
    .select(ROOM_COLUMNS)
    .select(MEMBER_COLUMNS)
    .where('r.room_name', '=', p.name)
    .orderBy('m.id'),
);
const hold = query<{ name: string }, { id: number }>((sql, p) =>
  sql.selectFrom('rooms').select('id').where('room_name', '=', p.name).forUpdate(),
);
const byLiveKey = query<{ key: string }, HeadRow>((sql, p) =>
  sql.selectFrom('rooms as r').select(ROOM_COLUMNS).where('r.live_key', '=', p.key),
);
const all = query<{ limit: number; offset: number }, HeadRow>((sql, p) =>
  sql.selectFrom('rooms as r').select(ROOM_COLUMNS).orderBy('r.id', 'desc').limit(p.limit).offset(p.offset),
);
const ofPerson = query<{ userId: number; limit: number; offset: number }, HeadRow>((sql, p) =>
  sql
    .selectFrom('room_members as m')
    .innerJoin('rooms as r', 'r.id', 'm.room_id')
    .select(ROOM_COLUMNS)
    .where('m.user_id', '=', p.userId)
    .orderBy('m.room_id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
);
const countAll = query<object, { n: number }>((sql) =>
  sql.selectFrom('rooms').select(({ fn }) => fn.countAll<number>().as('n')),
);
const countOfPerson = query<{ userId: number }, { n: number }>((sql, p) =>
  sql
    .selectFrom('room_members')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('user_id', '=', p.userId),
);
const due = query<{ now: number; limit: number }, { room_name: string }>((sql, p) =>
  sql.selectFrom('rooms').select('room_name').where('due_at', '<=', p.now).orderBy('due_at').limit(p.limit),
);
const inMedia = query<object, { room_name: string; n: number }>((sql) =>
  sql
    .selectFrom('rooms as r')
    .innerJoin('room_members as m', 'm.room_id', 'r.id')
    .select('r.room_name')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('r.status', 'in', [0, 1])
    .where('m.in_media', '=', 1)
    .groupBy('r.room_name'),
);
const statusOf = queryIn<string, object, { room_name: string; status: number }>((sql, names) =>
  sql.selectFrom('rooms').select(['room_name', 'status']).where('room_name', 'in', names),
);

export function roomsOf(db: Db): RoomQueries & RoomWrites {
  const get = async (name: string) => toRooms(await byName(db, { name }))[0];
  return {
    get,
    lock: async (name) => {
      // Two statements where rows are held: what is read must be younger than the wait.
      if (db.dialect.rowLocks) await hold(db, { name });
      return get(name);
    },
    ofChannel: async (id, type) => (await byLiveKey(db, { key: liveKey(id, type) ?? '' })).map(toHead)[0],
    page: async (userId, limit, offset) => {
      const page =
        userId === undefined
          ? await all(db, { limit, offset })
          : await ofPerson(db, { userId, limit, offset });
      return page.map(toHead);
    },
    count: async (userId) => {
      const [row] = userId === undefined ? await countAll(db, {}) : await countOfPerson(db, { userId });
      return row?.n ?? 0;
    },
    due: async (now, limit) => (await due(db, { now, limit })).map((row) => row.room_name),
    over: async (names) => {
      if (names.length === 0) return new Map();
      const rows = await statusOf(db, names, {});
      return new Map(rows.map(({ room_name, status }) => [room_name, isOver(status)]));
    },
    inMedia: async () => new Map((await inMedia(db, {})).map(({ room_name, n }) => [room_name, n])),
    engaged: (userIds) => engagedOf(db, userIds),
    insert: (room) => insertRoom(db, room),
    save: (before, after) => saveRoom(db, before, after),
  };
}
