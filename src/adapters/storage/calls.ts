import type { CallQueries, CallWrites } from '../../ports/store/calls.ts';
import { CALL_COLUMNS, type JoinedRow, LEG_COLUMNS, toCalls } from './call-rows.ts';
import { insertCall, saveCall } from './call-writes.ts';
import type { Db } from './db.ts';
import { engage, release } from './engagements.ts';
import { countHistory, history } from './history.ts';
import type { Schema } from './schema.ts';
import { change, query } from './statements.ts';

const byId = query<{ id: string }, JoinedRow>((sql, p) =>
  sql
    .selectFrom('calls as c')
    .innerJoin('legs as l', 'l.call_id', 'c.id')
    .select(CALL_COLUMNS)
    .select(LEG_COLUMNS)
    .where('c.id', '=', p.id)
    .orderBy('l.place'),
);
const hold = query<{ id: string }, { id: string }>((sql, p) =>
  sql.selectFrom('calls').select('id').where('id', '=', p.id).forUpdate(),
);
const liveOf = query<{ userId: number }, JoinedRow>((sql, p) =>
  sql
    .selectFrom('engagements as e')
    .innerJoin('calls as c', 'c.id', 'e.ref')
    .innerJoin('legs as l', 'l.call_id', 'c.id')
    .select(CALL_COLUMNS)
    .select(LEG_COLUMNS)
    .where('e.user_id', '=', p.userId)
    .orderBy('l.place'),
);
const due = query<{ now: number; limit: number }, { call_id: string }>((sql, p) =>
  sql
    .selectFrom('legs')
    .select('call_id')
    .where('deadline_at', '<=', p.now)
    .orderBy('deadline_at')
    .limit(p.limit),
);
const boundLegs = query<object, { call_id: string; user_id: number; uid: string; device: string }>((sql) =>
  sql
    .selectFrom('engagements as e')
    .innerJoin('legs as l', (join) =>
      join.onRef('l.call_id', '=', 'e.ref').onRef('l.user_id', '=', 'e.user_id'),
    )
    .select(['l.call_id', 'l.user_id', 'l.uid', 'l.device'])
    .where('l.state', '=', 'joined')
    .where('l.bound', '=', 1)
    .where('l.lost_at', 'is', null)
    .where('l.device', 'is not', null),
);
const offer = query<{ id: string }, { offer: string | null }>((sql, p) =>
  sql.selectFrom('calls').select('offer').where('id', '=', p.id),
);
const stats = query<{ callId: string; userId: number }, { stats: string; at: number }>((sql, p) =>
  sql
    .selectFrom('call_stats')
    .select(['stats', 'at'])
    .where('call_id', '=', p.callId)
    .where('user_id', '=', p.userId),
);
const saveStats = change<Schema['call_stats']>((sql, p, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('call_stats').values({ call_id: p.call_id, user_id: p.user_id, stats: p.stats, at: p.at }),
    ['call_id', 'user_id'],
    ['stats', 'at'],
  ),
);

export function callsOf(db: Db): CallQueries & CallWrites {
  const get = async (id: string) => toCalls(await byId(db, { id }))[0];
  return {
    get,
    lock: async (id) => {
      // Two statements where rows are held: what is read must be younger than the wait.
      if (db.dialect.rowLocks) await hold(db, { id });
      return get(id);
    },
    liveOf: async (userId) => toCalls(await liveOf(db, { userId }))[0],
    history: (userId, filter, limit, offset) => history(db, userId, filter, limit, offset),
    countHistory: (userId, filter) => countHistory(db, userId, filter),
    due: async (now, limit) => {
      const rows = await due(db, { now, limit });
      return [...new Set(rows.map((row) => row.call_id))];
    },
    boundLegs: async () =>
      (await boundLegs(db, {})).map((row) => ({
        callId: row.call_id,
        userId: row.user_id,
        uid: row.uid,
        device: row.device,
      })),
    offer: async (id) => (await offer(db, { id }))[0]?.offer ?? undefined,
    stats: async (callId, userId) => {
      const [row] = await stats(db, { callId, userId });
      return row && { stats: JSON.parse(row.stats) as unknown, at: row.at };
    },
    insert: (call, text) => insertCall(db, call, text),
    save: (before, after) => saveCall(db, before, after),
    engage: (userIds, callId) => engage(db, userIds, callId),
    release: (userIds, callId) => release(db, userIds, callId),
    saveStats: async (callId, userId, value, at) => {
      await saveStats(db, { call_id: callId, user_id: userId, stats: JSON.stringify(value), at });
    },
  };
}
