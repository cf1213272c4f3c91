import type { SelectQueryBuilder } from 'kysely';
import type { Call } from '../../core/calls/call.ts';
import type { HistoryFilter } from '../../ports/store/calls.ts';
import { CALL_COLUMNS, type JoinedRow, LEG_COLUMNS, toCalls } from './call-rows.ts';
import type { Db } from './db.ts';
import type { Dialect } from './dialect.ts';
import type { LegTable, Schema } from './schema.ts';
import { runQuery } from './statements.ts';

/**
 * A page of somebody's history is a walk along their part of `legs_history`, newest first; only the
 * page's calls are read whole, and in the same statement, so that no call shows two moments.
 */
export async function history(
  db: Db,
  userId: number,
  filter: HistoryFilter,
  limit: number,
  offset: number,
): Promise<Call[]> {
  return toCalls(await runQuery<JoinedRow>(db, historyPage(db.dialect, userId, filter, limit, offset)));
}

function historyPage(dialect: Dialect, userId: number, filter: HistoryFilter, limit: number, offset: number) {
  const { sql } = dialect;
  const page = mine(dialect, userId, filter)
    .select(['mine.call_id', 'mine.created_at'])
    .orderBy('mine.created_at', 'desc')
    .orderBy('mine.call_id', 'desc')
    .limit(limit)
    .offset(offset);
  return sql
    .selectFrom(page.as('page'))
    .innerJoin('calls as c', 'c.id', 'page.call_id')
    .innerJoin('legs as l', 'l.call_id', 'page.call_id')
    .select(CALL_COLUMNS)
    .select(LEG_COLUMNS)
    .orderBy('page.created_at', 'desc')
    .orderBy('page.call_id', 'desc')
    .orderBy('l.place');
}

export async function countHistory(db: Db, userId: number, filter: HistoryFilter): Promise<number> {
  const [row] = await runQuery<{ n: number }>(db, historyCount(db.dialect, userId, filter));
  return row?.n ?? 0;
}

const historyCount = (dialect: Dialect, userId: number, filter: HistoryFilter) =>
  mine(dialect, userId, filter).select(({ fn }) => fn.countAll<number>().as('n'));

/** A person's rows; the calls are looked at only if the filter asks for what the index does not have. */
function mine({ sql }: Dialect, userId: number, { kind, states, from, to }: HistoryFilter) {
  let rows = sql.selectFrom('legs as mine').where('mine.user_id', '=', userId);
  if (from !== undefined) rows = rows.where('mine.created_at', '>=', from);
  if (to !== undefined) rows = rows.where('mine.created_at', '<', to);
  if (kind === undefined && states === undefined) return rows as Mine;
  let joined = rows.innerJoin('calls as of', 'of.id', 'mine.call_id');
  if (kind !== undefined) joined = joined.where('of.kind', '=', kind);
  // No state at all asks for nothing.
  if (states !== undefined) joined = joined.where('of.state', 'in', states.length > 0 ? [...states] : ['']);
  return joined as unknown as Mine;
}

type Mine = SelectQueryBuilder<Schema & { mine: LegTable }, 'mine', object>;
