import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely';
import type { AnyInsert, Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import { ignoreOnConflict, replaceOnConflict } from '../upserts.ts';

const BUSY = 5;
const LOCKED = 6;
/** IOERR, CORRUPT, FULL, CANTOPEN, READONLY, NOTADB. */
const BROKEN = [10, 11, 13, 14, 8, 26];

export const sqliteDialect: Dialect = {
  sql: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  rowLocks: false,
  transactionalDdl: true,
  indexesEndInKey: true,
  types: {
    key: () => 'text',
    text: 'text',
    int: 'integer',
    counted: 'integer',
  },
  tableEnd: (clustered) => (clustered ? sql`strict, without rowid` : sql`strict`),
  ignoreTaken: <I extends AnyInsert>(insert: I) => ignoreOnConflict(insert),
  replaceTaken: <I extends AnyInsert>(insert: I, key: readonly string[], columns: readonly string[]) =>
    replaceOnConflict(insert, key, columns),
  isRetryable: (error) => [BUSY, LOCKED].includes(codeOf(error) & 0xff),
  violated: (error) => {
    const code = codeOf(error);
    // SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE; the message names the columns.
    return code === 1555 || code === 2067 ? (error as Error).message : undefined;
  },
  isUnavailable: (error) => BROKEN.includes(codeOf(error) & 0xff),
  // SQLITE_TOOBIG.
  isBadValue: (error) => (codeOf(error) & 0xff) === 18,
  isAlreadyThere: () => false,
};

/** The extended result code, 0 for what is not SQLite's. */
function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode
    : 0;
}
