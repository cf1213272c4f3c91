import type { MeetingStatus } from '../../core/meetings/meeting.ts';
import type { SeriesQueries, SeriesWrites } from '../../ports/store/series.ts';
import { nextNumber } from './counters.ts';
import type { Db } from './db.ts';
import { HEAD_COLUMNS, type HeadRow, toHead } from './meeting-rows.ts';
import type { MeetingSeriesTable } from './schema.ts';
import { SERIES_COLUMNS, type SeriesRow, type SeriesState, seriesState, toSeries } from './series-rows.ts';
import { change, query, queryIn } from './statements.ts';

interface Of {
  id: number;
}
interface Paged {
  limit: number;
  offset: number;
}

const byId = query<Of, SeriesRow>((sql, p) =>
  sql.selectFrom('meeting_series').select(SERIES_COLUMNS).where('id', '=', p.id),
);
const held = query<Of, SeriesRow>((sql, p, { rowLocks }) => {
  const row = sql.selectFrom('meeting_series').select(SERIES_COLUMNS).where('id', '=', p.id);
  return rowLocks ? row.forUpdate() : row;
});
const ofCreator = query<{ userId: number } & Paged, SeriesRow>((sql, p) =>
  sql
    .selectFrom('meeting_series')
    .select(SERIES_COLUMNS)
    .where('creator_id', '=', p.userId)
    .orderBy('id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
);
const countOf = query<{ userId: number }, { n: number }>((sql, p) =>
  sql
    .selectFrom('meeting_series')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('creator_id', '=', p.userId),
);
const meetings = query<Of & Paged, HeadRow>((sql, p) =>
  sql
    .selectFrom('meetings as m')
    .select(HEAD_COLUMNS)
    .where('m.series_id', '=', p.id)
    .orderBy('m.planned_at')
    .orderBy('m.id')
    .limit(p.limit)
    .offset(p.offset),
);
const countMeetings = query<Of, { n: number }>((sql, p) =>
  sql
    .selectFrom('meetings')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('series_id', '=', p.id),
);
const nextOf = queryIn<number, { now: number }, HeadRow & { series: number }>((sql, ids, p) =>
  sql
    .selectFrom(
      sql
        .selectFrom('meetings as k')
        .select(({ fn }) => [
          'k.id',
          'k.series_id as series',
          fn
            .agg<number>('row_number')
            .over((o) => o.partitionBy('k.series_id').orderBy('k.planned_at').orderBy('k.id'))
            .as('place'),
        ])
        .where('k.series_id', 'in', ids)
        .where(({ eb, and, or }) =>
          or([
            eb('k.status', '=', 'ongoing'),
            and([eb('k.status', '=', 'scheduled'), eb('k.until_at', '>', p.now)]),
          ]),
        )
        .as('next'),
    )
    .innerJoin('meetings as m', 'm.id', 'next.id')
    .select(HEAD_COLUMNS)
    .select((eb) => eb.ref('next.series').$castTo<number>().as('series'))
    .where('next.place', '=', 1),
);
const isIn = query<Of & { userId: number }, { id: number }>((sql, p) =>
  sql
    .selectFrom('meetings as m')
    .innerJoin('meeting_participants as p', 'p.meeting_id', 'm.id')
    .select('p.id')
    .where('m.series_id', '=', p.id)
    .where('p.listed_for', '=', p.userId)
    .limit(1),
);
const passwordHash = query<Of, { password_hash: string | null }>((sql, p) =>
  sql.selectFrom('meeting_series').select('password_hash').where('id', '=', p.id),
);
const due = query<{ now: number; limit: number }, Of>((sql, p) =>
  sql
    .selectFrom('meeting_series')
    .select('id')
    .where('look_at', '<=', p.now)
    .orderBy('look_at')
    .limit(p.limit),
);
const made = query<Of & { from: string }, { id: number; occurrence_day: string; status: string }>((sql, p) =>
  sql
    .selectFrom('meetings')
    .select(['id', 'status'])
    .select((eb) => eb.ref('occurrence_day').$castTo<string>().as('occurrence_day'))
    .where('series_id', '=', p.id)
    .where('occurrence_day', '>=', p.from)
    .orderBy('id'),
);
const insert = change<MeetingSeriesTable>((sql, p) =>
  sql.insertInto('meeting_series').values({
    ...written(p),
    id: p.id,
    creator_id: p.creator_id,
    created_at: p.created_at,
    has_password: p.has_password,
    password_hash: p.password_hash,
  }),
);
const update = change<SeriesState & Of>((sql, p) =>
  sql.updateTable('meeting_series').set(written(p)).where('id', '=', p.id),
);
const setPassword = change<Of & { hash: string | null; has: number }>((sql, p) =>
  sql
    .updateTable('meeting_series')
    .set({ password_hash: p.hash, has_password: p.has })
    .where('id', '=', p.id),
);
const release = change<Of>((sql, p) =>
  sql.updateTable('meetings').set({ occurrence_day: null }).where('id', '=', p.id),
);

const move = change<Of & { to: number; day: string }>((sql, p) =>
  sql
    .updateTable('meetings')
    .set({ series_id: p.to })
    .where('series_id', '=', p.id)
    .where('occurrence_day', '>=', p.day),
);

/** Named one by one: a statement is built with markers, which have every property. */
function written(p: SeriesState): SeriesState {
  return {
    rule: p.rule,
    timezone: p.timezone,
    start: p.start,
    exdates: p.exdates,
    duration_ms: p.duration_ms,
    title: p.title,
    description: p.description,
    max_participants: p.max_participants,
    type: p.type,
    settings: p.settings,
    state: p.state,
    made_until: p.made_until,
    look_at: p.look_at,
    updated_at: p.updated_at,
    version: p.version,
  };
}

export function seriesOf(db: Db): SeriesQueries & SeriesWrites {
  return {
    get: async (id) => (await byId(db, { id })).map(toSeries)[0],
    ofCreator: async (userId, page) => (await ofCreator(db, { userId, ...page })).map(toSeries),
    countOf: async (userId) => (await countOf(db, { userId }))[0]?.n ?? 0,
    meetings: async (id, page) => (await meetings(db, { id, ...page })).map(toHead),
    countMeetings: async (id) => (await countMeetings(db, { id }))[0]?.n ?? 0,
    nextOf: async (ids, now) => {
      if (ids.length === 0) return new Map();
      return new Map((await nextOf(db, ids, { now })).map((row) => [row.series, toHead(row)]));
    },
    isIn: async (id, userId) => (await isIn(db, { id, userId })).length > 0,
    passwordHash: async (id) => (await passwordHash(db, { id }))[0]?.password_hash ?? undefined,
    due: async (now, limit) => (await due(db, { now, limit })).map(({ id }) => id),
    made: async (id, from = '') =>
      (await made(db, { id, from })).map((row) => ({
        meetingId: row.id,
        day: row.occurrence_day,
        status: row.status as MeetingStatus,
      })),
    lock: async (id) => (await held(db, { id })).map(toSeries)[0],
    insert: async (series, hash) => {
      const id = await nextNumber(db, 'meeting_series');
      const has = hash === null ? 0 : 1;
      await insert(db, {
        ...seriesState(series),
        id,
        creator_id: series.creatorId,
        created_at: series.createdAt,
        has_password: has,
        password_hash: hash,
      });
      return { ...series, id, hasPassword: hash !== null };
    },
    save: async (series) => {
      await update(db, { ...seriesState(series), id: series.id });
    },
    setPassword: async (id, hash) => {
      await setPassword(db, { id, hash, has: hash === null ? 0 : 1 });
    },
    move: async (id, to, day) => {
      await move(db, { id, to, day });
    },
    release: async (meetingId) => {
      await release(db, { id: meetingId });
    },
  };
}
