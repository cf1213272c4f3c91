import type { SelectQueryBuilder } from 'kysely';
import type { Db } from './db.ts';
import type { Dialect } from './dialect.ts';

// biome-ignore lint/suspicious/noExplicitAny: any query over any tables can hold its rows, and Kysely's builder is invariant in them.
type AnySelect<O> = SelectQueryBuilder<any, any, O>;

/** Holds the rows until the transaction's end, where rows can be held. */
export const forUpdate = <O>({ dialect }: Db, query: AnySelect<O>): AnySelect<O> => lockRows(dialect, query);

export const lockRows = <O>(dialect: Dialect, query: AnySelect<O>): AnySelect<O> =>
  dialect.rowLocks ? query.forUpdate() : query;
