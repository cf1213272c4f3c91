import pg from 'pg';
import type { Driver, OpenTransaction, Row, Session, Value } from '../dialect.ts';
import { postgresDialect } from './dialect.ts';

const INT8 = 20;
/** Any number that nobody else uses for an advisory lock in this database. */
const SCHEMA_LOCK = 7_021_563_481;

/**
 * A pool of connections. Every statement is prepared once per connection, under a name made from
 * its text; sixty-four-bit integers are numbers.
 */
export async function openPostgres(url: string): Promise<Driver> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 5000,
    application_name: 'parley',
    options: '-c lock_timeout=5000 -c idle_in_transaction_session_timeout=60000',
    types: {
      getTypeParser: (oid, format) =>
        oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // An idle connection that breaks leaves the pool; whoever needs one next is told if there is none.
  pool.on('error', () => undefined);
  // One that breaks between two statements of a transaction: the next statement fails with it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    dialect: postgresDialect,
    read: sessionOn(pool),
    begin: async () => {
      const client = await pool.connect();
      try {
        await client.query('begin isolation level read committed');
      } catch (error) {
        client.release(true);
        throw error;
      }
      return new PostgresTransaction(client);
    },
    async exclusively(work) {
      const client = await pool.connect();
      try {
        await refuseOtherEncodings(client);
        await client.query('set lock_timeout = 0');
        await client.query('begin');
        // Held until the transaction's end, whichever way it ends.
        await client.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
        await work(sessionOn(client));
        await client.query('commit');
      } finally {
        client.release(true);
      }
    },
    async ping() {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

async function refuseOtherEncodings(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('show server_encoding');
  const encoding = rows[0]?.server_encoding;
  if (encoding !== 'UTF8') throw new Error(`the database's encoding is ${encoding}; it must be UTF8`);
}

const names = new Map<string, string>();

/** The same text has the same name on every connection. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = `p${names.size}`;
  names.set(text, name);
  return name;
}

type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

const sessionOn = (client: Queryable): Session => ({
  rows: async (text, values) => (await send(client, text, values)).rows,
  change: async (text, values) => (await send(client, text, values)).rowCount ?? 0,
});

const send = (client: Queryable, text: string, values: readonly Value[]) =>
  client.query<Row>({ name: nameOf(text), text, values: values as Value[] });

class PostgresTransaction implements OpenTransaction {
  readonly #client: pg.PoolClient;
  #released = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async rows(text: string, values: readonly Value[]): Promise<Row[]> {
    return (await send(this.#client, text, values)).rows;
  }

  async change(text: string, values: readonly Value[]): Promise<number> {
    return (await send(this.#client, text, values)).rowCount ?? 0;
  }

  async commit(): Promise<void> {
    const { command } = await this.#client.query('commit');
    // A spoiled transaction is rolled back by `commit` without an error.
    if (command !== 'COMMIT') throw new Error('the database rolled the transaction back');
    this.#release();
  }

  async rollback(): Promise<void> {
    if (this.#released) return;
    try {
      await this.#client.query('rollback');
      this.#release();
    } catch {
      // A connection that cannot roll back is closed, which rolls back.
      this.#release(true);
    }
  }

  #release(broken = false): void {
    if (this.#released) return;
    this.#released = true;
    this.#client.release(broken);
  }
}
