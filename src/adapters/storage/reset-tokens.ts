import type { ResetToken, ResetTokenQueries, ResetTokenWrites } from '../../ports/store/reset-tokens.ts';
import type { Db } from './db.ts';
import type { Schema } from './schema.ts';
import { change, query } from './statements.ts';

type Row = Schema['reset_tokens'];

const insert = change<Row>((sql, p) =>
  sql.insertInto('reset_tokens').values({ hash: p.hash, user_id: p.user_id, expires_at: p.expires_at }),
);
const byHash = query<{ hash: string }, Row>((sql, p) =>
  sql.selectFrom('reset_tokens').selectAll().where('hash', '=', p.hash),
);
const remove = change<{ hash: string }>((sql, p) =>
  sql.deleteFrom('reset_tokens').where('hash', '=', p.hash),
);
const removeOf = change<{ userId: number }>((sql, p) =>
  sql.deleteFrom('reset_tokens').where('user_id', '=', p.userId),
);
const removeExpired = change<{ before: number }>((sql, p) =>
  sql.deleteFrom('reset_tokens').where('expires_at', '<', p.before),
);

export function resetTokensOf(db: Db): ResetTokenQueries & ResetTokenWrites {
  return {
    get: async (hash) => {
      const [row] = await byHash(db, { hash });
      return row && toToken(row);
    },
    save: async ({ hash, userId, expiresAt }) => {
      await insert(db, { hash, user_id: userId, expires_at: expiresAt });
    },
    take: async (hash) => {
      const [row] = await byHash(db, { hash });
      // Of several who come with it at once, the one who removes the row has it.
      if (!row || (await remove(db, { hash })) !== 1) return undefined;
      return toToken(row);
    },
    forgetOf: async (userId) => {
      await removeOf(db, { userId });
    },
    forgetExpired: async (before) => {
      await removeExpired(db, { before });
    },
  };
}

const toToken = (row: Row): ResetToken => ({
  hash: row.hash,
  userId: row.user_id,
  expiresAt: row.expires_at,
});
