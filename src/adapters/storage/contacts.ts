import { sql as raw } from 'kysely';
import type { ContactQueries, ContactRow, ContactWrites } from '../../ports/store/contacts.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import { change, query, queryIn } from './statements.ts';

type PairRow = Schema['contacts'];

const between = query<{ low: number; high: number }, PairRow>((sql, p) =>
  sql.selectFrom('contacts').selectAll().where('low_id', '=', p.low).where('high_id', '=', p.high),
);
const of = query<{ userId: number }, PairRow>((sql, p) =>
  sql
    .selectFrom('contacts')
    .selectAll()
    .where('low_id', '=', p.userId)
    .unionAll(sql.selectFrom('contacts').selectAll().where('high_id', '=', p.userId)),
);
/** How the user stands with each of the others: by the pair's row, and by groups of both. */
const standings = queryIn<number, { userId: number }, { other: number; standing: string }>((sql, others, p) =>
  sql
    .selectFrom('contacts')
    .select(['high_id as other', 'state as standing'])
    .where('low_id', '=', p.userId)
    .where('high_id', 'in', others)
    .unionAll(
      sql
        .selectFrom('contacts')
        .select(['low_id as other', 'state as standing'])
        .where('high_id', '=', p.userId)
        .where('low_id', 'in', others),
    )
    .unionAll(
      sql
        .selectFrom('group_members as mine')
        .innerJoin('group_members as theirs', 'theirs.group_id', 'mine.group_id')
        .select(['theirs.user_id as other', raw<string>`'group'`.as('standing')])
        .where('mine.user_id', '=', p.userId)
        .where('theirs.user_id', 'in', others),
    ),
);
const put = change<PairRow>((sql, p, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('contacts').values({
      low_id: p.low_id,
      high_id: p.high_id,
      state: p.state,
      by_id: p.by_id,
      at: p.at,
    }),
    ['low_id', 'high_id'],
    ['state', 'by_id', 'at'],
  ),
);
const remove = change<{ low: number; high: number }>((sql, p) =>
  sql.deleteFrom('contacts').where('low_id', '=', p.low).where('high_id', '=', p.high),
);

export function contactsOf(db: Db): ContactQueries & ContactWrites {
  return {
    between: async (a, b) => {
      const [row] = await between(db, pair(a, b));
      return row && seenFrom(a, row);
    },
    of: async (userId) => (await of(db, { userId })).map((row) => seenFrom(userId, row)),
    reachable: async (userId, others) => {
      const rows = others.length === 0 ? [] : await standings(db, others, { userId });
      const near = rows.filter(({ standing }) => standing === 'accepted' || standing === 'group');
      const blocked = new Set(
        rows.filter(({ standing }) => standing === 'blocked').map(({ other }) => other),
      );
      return new Set(near.map(({ other }) => other).filter((other) => !blocked.has(other)));
    },
    put: async (a, b, state, byId, at) => {
      const { low, high } = pair(a, b);
      await put(db, { low_id: low, high_id: high, state, by_id: byId, at });
    },
    remove: async (a, b) => {
      await remove(db, pair(a, b));
    },
  };
}

const pair = (a: number, b: number) => ({ low: Math.min(a, b), high: Math.max(a, b) });

const seenFrom = (userId: number, row: PairRow): ContactRow => ({
  otherId: row.low_id === userId ? row.high_id : row.low_id,
  state: row.state as ContactRow['state'],
  byId: row.by_id,
  at: row.at,
});
