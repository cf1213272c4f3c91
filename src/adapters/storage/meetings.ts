import type { MeetingQueries, MeetingWrites } from '../../ports/store/meetings.ts';
import type { Db } from './db.ts';
import { roomsApart } from './meeting-apart.ts';
import { countMeetings, listMeetings } from './meeting-lists.ts';
import { participantsOf } from './meeting-participants.ts';
import { removeMeeting } from './meeting-removal.ts';
import {
  HEAD_COLUMNS,
  type HeadRow,
  type JoinedRow,
  PARTICIPANT_COLUMNS,
  toHead,
  toParticipant,
} from './meeting-rows.ts';
import { openSessions } from './meeting-session-rows.ts';
import { insertMeeting, saveMeeting } from './meeting-writes.ts';
import { change, query, queryIn } from './statements.ts';

const headOf = query<{ id: number }, HeadRow>((sql, p) =>
  sql.selectFrom('meetings as m').select(HEAD_COLUMNS).where('m.id', '=', p.id),
);
const byId = query<{ id: number }, JoinedRow>((sql, p) =>
  sql
    .selectFrom('meetings as m')
    .innerJoin('meeting_participants as p', 'p.meeting_id', 'm.id')
    .select(HEAD_COLUMNS)
    .select(PARTICIPANT_COLUMNS)
    .where('m.id', '=', p.id)
    .orderBy('p.id'),
);
const hold = query<{ id: number }, { id: number }>((sql, p) =>
  sql.selectFrom('meetings').select('id').where('id', '=', p.id).forUpdate(),
);
const online = queryIn<number, object, { id: number; online: number }>((sql, ids) =>
  sql.selectFrom('meetings').select(['id', 'online']).where('id', 'in', ids).where('online', '>', 0),
);
const passwordHash = query<{ id: number }, { password_hash: string | null }>((sql, p) =>
  sql.selectFrom('meetings').select('password_hash').where('id', '=', p.id),
);
const setPassword = change<{ id: number; hash: string | null; has: number }>((sql, p) =>
  sql.updateTable('meetings').set({ password_hash: p.hash, has_password: p.has }).where('id', '=', p.id),
);
const due = query<{ now: number; limit: number }, { id: number }>((sql, p) =>
  sql.selectFrom('meetings').select('id').where('due_at', '<=', p.now).orderBy('due_at').limit(p.limit),
);
const ongoing = query<object, { id: number; inMedia: number }>((sql) =>
  sql
    .selectFrom('meetings as m')
    .leftJoin('meeting_sessions as s', (join) =>
      join.onRef('s.meeting_id', '=', 'm.id').on('s.ended_at', 'is', null).on('s.kind', '=', 'media'),
    )
    .select(({ fn }) => ['m.id', fn.count<number>('s.id').as('inMedia')])
    .where('m.ongoing', '=', 1)
    .groupBy('m.id')
    .orderBy('m.id'),
);
const engaging = query<{ userId: number }, { meeting_id: number }>((sql, p) =>
  sql
    .selectFrom('meeting_participants')
    .select('meeting_id')
    .where('listed_for', '=', p.userId)
    .where('status', 'in', ['scheduled', 'ongoing'])
    .where('state', 'in', ['online', 'waiting'])
    .orderBy('meeting_id'),
);
const placing = query<{ userId: number }, { meeting_id: number }>((sql, p) =>
  sql
    .selectFrom('meeting_participants')
    .select('meeting_id')
    .where('placed_for', '=', p.userId)
    .where('state', 'in', ['online', 'waiting'])
    .orderBy('meeting_id'),
);
const bump = change<{ id: number }>((sql, p) =>
  sql
    .updateTable('meetings')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', p.id)
    .where('status', 'in', ['scheduled', 'ongoing']),
);
const versionOf = query<{ id: number }, { version: number }>((sql, p) =>
  sql.selectFrom('meetings').select('version').where('id', '=', p.id),
);

export function meetingsOf(db: Db): MeetingQueries & MeetingWrites {
  const get = async (id: number) => {
    const rows = await byId(db, { id });
    const [first] = rows;
    return (
      first && {
        ...toHead(first),
        participants: rows.map(toParticipant),
        sessions: await openSessions(db, id),
      }
    );
  };
  return {
    head: async (id) => (await headOf(db, { id })).map(toHead)[0],
    get,
    ...participantsOf(db),
    page: async (filter, order, page) => (await listMeetings(db, filter, order, page)).map(toHead),
    count: (filter) => countMeetings(db, filter),
    online: async (ids) => {
      if (ids.length === 0) return new Map();
      return new Map((await online(db, ids, {})).map((row) => [row.id, row.online]));
    },
    passwordHash: async (id) => (await passwordHash(db, { id }))[0]?.password_hash ?? undefined,
    due: async (now, limit) => (await due(db, { now, limit })).map((row) => row.id),
    ongoing: async () => await ongoing(db, {}),
    ...roomsApart(db),
    engaging: async (userId) =>
      [...(await engaging(db, { userId })), ...(await placing(db, { userId }))].map((row) => row.meeting_id),
    lock: async (id) => {
      // Two statements where rows are held: what is read must be younger than the wait.
      if (db.dialect.rowLocks) await hold(db, { id });
      return get(id);
    },
    insert: (meeting, hash) => insertMeeting(db, meeting, hash),
    save: (before, after) => saveMeeting(db, before, after),
    setPassword: async (id, hash) => {
      await setPassword(db, { id, hash, has: hash === null ? 0 : 1 });
    },
    bump: async (id) =>
      (await bump(db, { id })) === 1 ? (await versionOf(db, { id }))[0]?.version : undefined,
    remove: (id) => removeMeeting(db, id),
  };
}
