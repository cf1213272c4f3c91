import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { pause } from '../backoff.ts';
import type { Driver, OpenTransaction, Row, Session, Value } from '../dialect.ts';
import { sqliteDialect } from './dialect.ts';
import { Turns } from './turns.ts';

/**
 * How long a statement may stop the whole process while another one writes; what takes longer
 * waits without stopping it.
 */
const BLOCK_MS = 20;
const BEGIN_WITHIN_MS = 2_000;
/** How long transactions may follow each other before everything else in the process has a turn. */
const HOG_MS = 15;

/**
 * Two connections to one file: a writer that transactions take in turns, and a reader that sees
 * the last commit and waits for nobody. WAL with `synchronous=normal` keeps what was committed when
 * the process is killed; only a power cut can take the last commits, and never half of one.
 */
export function openSqlite(path: string): Driver {
  // What is in it is nobody else's business.
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const writer = new Connection(new DatabaseSync(path, { timeout: BLOCK_MS }));
  const turns = new Turns();
  let reader: Connection | undefined;
  let rested = performance.now();

  /** The first process to come makes the file a WAL file; SQLite does not wait its turn for that. */
  const prepare = () =>
    patiently(() => {
      writer.run('pragma journal_mode = wal');
      writer.run('pragma synchronous = normal');
      writer.run('pragma temp_store = memory');
      writer.run('pragma cache_size = -16000');
    });

  const begin = async (): Promise<OpenTransaction> => {
    await turns.take();
    try {
      // Statements answer at once: work on nothing but storage would never let sockets and timers in.
      if (performance.now() - rested > HOG_MS) {
        await setImmediate();
        rested = performance.now();
      }
      if (!writer.tryBegin()) await patiently(() => writer.run('begin immediate'));
    } catch (error) {
      turns.pass();
      throw error;
    }
    return new SqliteTransaction(writer, turns);
  };

  const read: Session = {
    rows: (statement, values) => {
      reader ??= new Connection(new DatabaseSync(path, { readOnly: true, timeout: 1000 }));
      return reader.rows(statement, values);
    },
    change: () => {
      throw new Error('only a transaction writes');
    },
  };

  return {
    dialect: sqliteDialect,
    read,
    begin,
    async exclusively(work) {
      await prepare();
      const transaction = await begin();
      try {
        await work(transaction);
        await transaction.commit();
      } catch (error) {
        await transaction.rollback();
        throw error;
      }
    },
    async ping() {
      read.rows('select 1', []);
    },
    async close() {
      await turns.take();
      reader?.close();
      writer.close();
      // Whoever still waits is told that the database is closed.
      turns.pass();
    },
  };
}

/** Again until no other process has the file; nothing was done yet, so nothing is lost by it. */
async function patiently(attempt: () => void): Promise<void> {
  const deadline = performance.now() + BEGIN_WITHIN_MS;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!sqliteDialect.isRetryable(error) || performance.now() > deadline) throw error;
    }
    await pause(2, 15);
  }
}

class Connection {
  readonly #db: DatabaseSync;
  readonly #queries = new Map<string, Query>();
  readonly #statements = new Map<string, StatementSync>();
  #open = true;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  rows(statement: string, values: readonly Value[]): Row[] {
    let query = this.#queries.get(statement);
    if (query === undefined) {
      query = new Query(this.#db.prepare(statement));
      this.#queries.set(statement, query);
    }
    return query.rows(values);
  }

  change(statement: string, values: readonly Value[]): number {
    return Number(this.#prepared(statement).run(...values).changes);
  }

  run(statement: string): void {
    this.#db.exec(statement);
  }

  /** False when another process is writing. */
  tryBegin(): boolean {
    try {
      this.change('begin immediate', []);
      return true;
    } catch (error) {
      if (sqliteDialect.isRetryable(error)) return false;
      throw error;
    }
  }

  get inTransaction(): boolean {
    return this.#open && this.#db.isTransaction;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#queries.clear();
    this.#statements.clear();
    this.#db.close();
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#db.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

/** Takes bare values and names them itself: that is half the cost of the objects that SQLite's binding makes. */
class Query {
  readonly #statement: StatementSync;
  readonly #columns: readonly string[];
  /** Copied for each row, so that all have one shape. */
  readonly #blank: Row;

  constructor(statement: StatementSync) {
    statement.setReturnArrays(true);
    this.#statement = statement;
    this.#columns = statement.columns().map(({ name }) => name);
    this.#blank = Object.fromEntries(this.#columns.map((name) => [name, null]));
  }

  rows(values: readonly Value[]): Row[] {
    return (this.#statement.all(...values) as unknown as Value[][]).map(this.#named);
  }

  readonly #named = (found: Value[]): Row => {
    const row = { ...this.#blank };
    // A program that migrates beside us may have put a column behind those we know.
    for (let i = 0; i < this.#columns.length; i++) row[this.#columns[i] as string] = found[i] as Value;
    return row;
  };
}

class SqliteTransaction implements OpenTransaction {
  readonly #connection: Connection;
  readonly #turns: Turns;

  constructor(connection: Connection, turns: Turns) {
    this.#connection = connection;
    this.#turns = turns;
  }

  rows(statement: string, values: readonly Value[]): Row[] {
    return this.#connection.rows(statement, values);
  }

  change(statement: string, values: readonly Value[]): number {
    return this.#connection.change(statement, values);
  }

  commit(): void {
    this.#connection.change('commit', []);
    this.#turns.pass();
  }

  rollback(): void {
    try {
      if (this.#connection.inTransaction) this.#connection.run('rollback');
    } finally {
      this.#turns.pass();
    }
  }
}
