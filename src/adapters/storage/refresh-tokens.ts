import type { RefreshToken, RefreshTokenWrites } from '../../ports/store/refresh-tokens.ts';
import type { Db } from './db.ts';
import type { RefreshTokenTable } from './schema.ts';
import { change, query } from './statements.ts';

const insert = change<RefreshTokenTable>((sql, p) =>
  sql.insertInto('refresh_tokens').values({
    hash: p.hash,
    user_id: p.user_id,
    family: p.family,
    spent_at: p.spent_at,
    expires_at: p.expires_at,
    token_version: p.token_version,
  }),
);
const byHash = query<{ hash: string }, RefreshTokenTable>((sql, p) =>
  sql.selectFrom('refresh_tokens').selectAll().where('hash', '=', p.hash),
);
const spend = change<{ hash: string; now: number }>((sql, p) =>
  sql
    .updateTable('refresh_tokens')
    .set({ spent_at: p.now })
    .where('hash', '=', p.hash)
    .where('spent_at', 'is', null),
);
const removeFamily = change<{ family: string }>((sql, p) =>
  sql.deleteFrom('refresh_tokens').where('family', '=', p.family),
);
const removeAllOf = change<{ userId: number }>((sql, p) =>
  sql.deleteFrom('refresh_tokens').where('user_id', '=', p.userId),
);
const removeExpired = change<{ userId: number; now: number }>((sql, p) =>
  sql.deleteFrom('refresh_tokens').where('user_id', '=', p.userId).where('expires_at', '<=', p.now),
);

export function refreshTokensOf(db: Db): RefreshTokenWrites {
  return {
    saveRefresh: async (token) => {
      await insert(db, {
        hash: token.hash,
        user_id: token.userId,
        family: token.family,
        spent_at: token.spentAt,
        expires_at: token.expiresAt,
        token_version: token.tokenVersion,
      });
    },
    refresh: async (hash) => {
      const [row] = await byHash(db, { hash });
      return row && toToken(row);
    },
    spendRefresh: async (hash, now) => (await spend(db, { hash, now })) === 1,
    revokeFamily: async (family) => {
      await removeFamily(db, { family });
    },
    revokeAllOf: async (userId) => {
      await removeAllOf(db, { userId });
    },
    forgetExpired: async (userId, now) => {
      await removeExpired(db, { userId, now });
    },
  };
}

const toToken = (row: RefreshTokenTable): RefreshToken => ({
  hash: row.hash,
  userId: row.user_id,
  family: row.family,
  tokenVersion: row.token_version ?? -1,
  spentAt: row.spent_at,
  expiresAt: row.expires_at,
});
