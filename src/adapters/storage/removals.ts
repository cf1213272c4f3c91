import type { RemovalQueries, RemovalWrites } from '../../ports/store/removals.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import { change, query } from './statements.ts';

const last = query<{ room: string; identity: string }, { at: number }>((sql, p) =>
  sql.selectFrom('media_removals').select('at').where('room', '=', p.room).where('identity', '=', p.identity),
);
const remember = change<Schema['media_removals']>((sql, p, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('media_removals').values({ room: p.room, identity: p.identity, at: p.at }),
    ['room', 'identity'],
    ['at'],
  ),
);

const forget = change<{ room: string; identity: string }>((sql, p) =>
  sql.deleteFrom('media_removals').where('room', '=', p.room).where('identity', '=', p.identity),
);

const forgetBefore = change<{ at: number }>((sql, p) =>
  sql.deleteFrom('media_removals').where('at', '<', p.at),
);

export function removalsOf(db: Db): RemovalQueries & RemovalWrites {
  return {
    lastOf: async (room, identity) => (await last(db, { room, identity }))[0]?.at,
    remember: async (room, identity, at) => {
      await remember(db, { room, identity, at });
    },
    forgetBefore: async (at) => {
      await forgetBefore(db, { at });
    },
    forget: async (room, identity) => {
      await forget(db, { room, identity });
    },
  };
}
