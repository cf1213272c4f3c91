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

/** Somebody may be set free between the refused insert and the look; then the insert is tried again. */
const ROUNDS = 20;

/**
 * Who is free is engaged, who is not is answered with what has them. In sorted order, so that two
 * who want the same people wait for each other in one direction only.
 */
export async function engage(db: Db, userIds: readonly number[], ref: string): Promise<Map<number, string>> {
  const elsewhere = new Map<number, string>();
  let open = [...new Set(userIds)].sort((a, b) => a - b);
  for (let round = 0; open.length > 0; round++) {
    if (round === ROUNDS) throw new Error('people change calls faster than they can be engaged');
    const inserted = await insert(
      db,
      open.map((user_id) => ({ user_id, ref })),
    );
    if (inserted === open.length) break;
    const holders = new Map((await of(db, open, {})).map((row) => [row.user_id, row.ref]));
    for (const [userId, holder] of holders) if (holder !== ref) elsewhere.set(userId, holder);
    open = open.filter((userId) => !holders.has(userId));
  }
  return elsewhere;
}

export async function release(db: Db, userIds: readonly number[], ref: string): Promise<void> {
  await remove(
    db,
    [...userIds].sort((a, b) => a - b),
    { ref },
  );
}
