import type { ColumnDataType, InsertQueryBuilder, Kysely, RawBuilder } from 'kysely';
import type { Schema } from './schema.ts';

/** What a driver takes and gives: nothing that two of them read differently. */
export type Value = string | number | null;
export type Row = Record<string, Value>;
export type Awaitable<T> = T | Promise<T>;

// biome-ignore lint/suspicious/noExplicitAny: the table an insert is for is of no concern here, and Kysely's builder is invariant in it.
export type AnyInsert = InsertQueryBuilder<Schema, any, any>;
type ColumnType = ColumnDataType | RawBuilder<unknown>;

/** How a database differs, as facts. Query files ask these and never for its name. */
export interface Dialect {
  /** Builds and compiles; nothing is run through it. */
  readonly sql: Kysely<Schema>;
  /** A row can be held against other writers; where not, a transaction has the whole database. */
  readonly rowLocks: boolean;
  /** Data definition rolls back; where not, a migration must be able to run again half done. */
  readonly transactionalDdl: boolean;
  /** A secondary index goes on in the order of the primary key, so it need not name it. */
  readonly indexesEndInKey: boolean;
  readonly types: {
    /** Text that can be a key: compared by its bytes, at most so many characters. */
    key(length: number): ColumnType;
    text: ColumnType;
    int: ColumnType;
    /** The primary key the database counts itself. */
    counted: ColumnType;
  };
  /** What follows a table's columns; `clustered` tables are read by their primary key alone. */
  tableEnd(clustered: boolean): RawBuilder<unknown> | undefined;
  /** Rows whose key is taken are left out. */
  ignoreTaken<I extends AnyInsert>(insert: I): I;
  /** Rows whose key is taken are overwritten in these columns. */
  replaceTaken<I extends AnyInsert>(insert: I, key: readonly string[], columns: readonly string[]): I;
  /** The transaction may succeed if it is run again: deadlock, serialization, lock wait. */
  isRetryable(error: unknown): boolean;
  /** The constraint or columns of a uniqueness that was violated, in the database's words. */
  violated(error: unknown): string | undefined;
  /** The database cannot be reached or cannot work. */
  isUnavailable(error: unknown): boolean;
  /** A value the database cannot hold: too long, or not text. */
  isBadValue(error: unknown): boolean;
  /** A table or index that is there already. */
  isAlreadyThere(error: unknown): boolean;
}

/** Where statements go: a connection, or a pool of them. SQLite answers at once. */
export interface Session {
  rows(statement: string, values: readonly Value[]): Awaitable<Row[]>;
  /** How many rows were inserted, found for update or deleted. */
  change(statement: string, values: readonly Value[]): Awaitable<number>;
}

/** One transaction's connection, given back by either end. */
export interface OpenTransaction extends Session {
  commit(): Awaitable<void>;
  /** Never throws. */
  rollback(): Awaitable<void>;
}

export interface Driver {
  readonly dialect: Dialect;
  readonly read: Session;
  begin(): Awaitable<OpenTransaction>;
  /** Runs `work` while no other process does, in a transaction where that holds for definitions. */
  exclusively(work: (session: Session) => Promise<void>): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
