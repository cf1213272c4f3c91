import type { Db } from './db.ts';
import { changeIn, insertRows, queryIn } from './statements.ts';

interface Engaged {
  user_id: number;
  ref: string;
}

const insert = insertRows<Engaged>((sql, rows, dialect) =>
  dialect.ignoreTaken(
    sql.insertInto('engagements').values(rows.map((row) => ({ user_id: row.user_id, ref: row.ref }))),
  ),
);
const of = queryIn<number, object, Engaged>((sql, ids) =>
  sql.selectFrom('engagements').select(['user_id', 'ref']).where('user_id', 'in', ids),
);
const remove = changeIn<number, { ref: string }>((sql, ids, p) =>
  sql.deleteFrom('engagements').where('ref', '=', p.ref).where('user_id', 'in', ids),
);

/**
 * Who is free is engaged, who is not is answered with what has them. In sorted order, so that two
 * who want the same people wait for each other in one direction only.
 */
export async function engage(db: Db, userIds: readonly number[], ref: string): Promise<Map<number, string>> {
  const wanted = [...new Set(userIds)].sort((a, b) => a - b);
  const inserted = await insert(
    db,
    wanted.map((user_id) => ({ user_id, ref })),
  );
  if (inserted === wanted.length) return new Map();
  const holders = new Map((await of(db, wanted, {})).map((row) => [row.user_id, row.ref]));
  // Set free between the refused insert and the look: asking for them alone now would be out of order.
  if (wanted.some((userId) => !holders.has(userId))) throw db.collided(`engagement by ${ref}`);
  return new Map([...holders].filter(([, holder]) => holder !== ref));
}

/** Who of these people is in something, and in what. */
export async function engagedOf(db: Db, userIds: readonly number[]): Promise<Map<number, string>> {
  if (userIds.length === 0) return new Map();
  return new Map((await of(db, userIds, {})).map((row) => [row.user_id, row.ref]));
}

export async function release(db: Db, userIds: readonly number[], ref: string): Promise<void> {
  await remove(
    db,
    [...userIds].sort((a, b) => a - b),
    { ref },
  );
}
