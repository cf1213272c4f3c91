import { DummyDriver, Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, sql } from 'kysely';
import type { AnyInsert, Dialect } from '../dialect.ts';
import { isNetworkError } from '../network.ts';
import type { Schema } from '../schema.ts';
import { ignoreDuplicates, replaceDuplicates } from '../upserts.ts';

/** ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK, ER_CHECKREAD (a row changed under a snapshot). */
const RETRYABLE = [1205, 1213, 1020];
const DUPLICATE = 1062;
/** Too many connections, shutting down, killed, access denied, no such database, disk full. */
const UNAVAILABLE = [1040, 1053, 1927, 1045, 1044, 1049, 1021, 1203];
/** Too long, out of range, not text. */
const BAD_VALUE = [1406, 1264, 1366, 1300];
/** A table, a name of an index, a column. */
const ALREADY = [1050, 1061, 1060];

/** MySQL and MariaDB: what both have. */
export const mysqlDialect: Dialect = {
  sql: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new MysqlIntrospector(db),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  }),
  rowLocks: true,
  transactionalDdl: false,
  indexesEndInKey: true,
  types: {
    key: (length) => sql`varchar(${sql.lit(length)})`,
    text: sql`longtext`,
    int: 'bigint',
    counted: sql`bigint auto_increment`,
  },
  tableEnd: () => sql`engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin row_format = dynamic`,
  ignoreTaken: <I extends AnyInsert>(insert: I) => ignoreDuplicates(insert),
  replaceTaken: <I extends AnyInsert>(insert: I, _key: readonly string[], columns: readonly string[]) =>
    replaceDuplicates(insert, columns),
  isRetryable: (error) => RETRYABLE.includes(numberOf(error)),
  violated: (error) => (numberOf(error) === DUPLICATE ? keyIn((error as Error).message) : undefined),
  isUnavailable: (error) => UNAVAILABLE.includes(numberOf(error)) || isNetworkError(error),
  isBadValue: (error) => BAD_VALUE.includes(numberOf(error)),
  isAlreadyThere: (error) => ALREADY.includes(numberOf(error)),
};

/** `Duplicate entry 'x' for key 'users_uid'`: only the key's name, for the entry can be anything. */
const keyIn = (message: string) => /for key '([^']*)'$/.exec(message)?.[1] ?? '';

function numberOf(error: unknown): number {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
}
