import type { Leases } from '../../ports/store/leases.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import { change, query } from './statements.ts';

type Lease = Schema['leases'];

const takeOver = change<Lease & { now: number }>((sql, p) =>
  sql
    .updateTable('leases')
    .set({ holder: p.holder, until: p.until })
    .where('name', '=', p.name)
    .where(({ eb, or }) => or([eb('holder', '=', p.holder), eb('until', '<=', p.now)])),
);
const begin = change<Lease>((sql, p, dialect) =>
  dialect.ignoreTaken(sql.insertInto('leases').values({ name: p.name, holder: p.holder, until: p.until })),
);
const drop = change<{ name: string; holder: string }>((sql, p) =>
  sql.deleteFrom('leases').where('name', '=', p.name).where('holder', '=', p.holder),
);
const holderOf = query<{ name: string }, Pick<Lease, 'holder'>>((sql, p) =>
  sql.selectFrom('leases').select('holder').where('name', '=', p.name),
);

export function leasesOf(db: Db): Leases {
  return {
    take: async (name, holder, now, ttlMs) => {
      const lease = { name, holder, until: now + ttlMs };
      return (await takeOver(db, { ...lease, now })) === 1 || (await begin(db, lease)) === 1;
    },
    drop: async (name, holder) => {
      await drop(db, { name, holder });
    },
    holderOf: async (name) => (await holderOf(db, { name }))[0]?.holder,
  };
}
