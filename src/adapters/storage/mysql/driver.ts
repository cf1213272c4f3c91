import { createHash } from 'node:crypto';
import mysql, {
  type Pool,
  type PoolConnection,
  type ResultSetHeader,
  type RowDataPacket,
} from 'mysql2/promise';
import type { Driver, OpenTransaction, Row, Session, Value } from '../dialect.ts';
import { mysqlDialect } from './dialect.ts';

// A CommonJS package whose getters Node does not see as named exports.
const { createPool, TypedParameter } = mysql;

const SCHEMA_LOCK_S = 120;
const SESSION = [
  'set session transaction isolation level read committed',
  "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'",
  'set session innodb_lock_wait_timeout = 5',
];

/** A pool of connections whose statements are prepared; integers travel as integers. */
export async function openMysql(url: string): Promise<Driver> {
  const address = new URL(url);
  // mysql2 takes one scheme; MariaDB's own is the same protocol.
  address.protocol = 'mysql:';
  const pool = createPool({
    uri: address.href,
    connectionLimit: 20,
    maxIdle: 20,
    connectTimeout: 5000,
    charset: 'utf8mb4_bin',
    maxPreparedStatements: 1000,
    // Times are numbers here, so no zone can come between.
    timezone: 'Z',
  });
  // Statements of one connection run in order: these before the first one that somebody asks for.
  pool.on('connection', (connection) => {
    // One that breaks while nothing is asked of it: whoever asks next is told.
    connection.on('error', () => undefined);
    for (const statement of SESSION) connection.query(statement);
  });
  return {
    dialect: mysqlDialect,
    read: sessionOn(pool),
    begin: async () => {
      const connection = await pool.getConnection();
      try {
        await connection.query('start transaction');
      } catch (error) {
        connection.destroy();
        throw error;
      }
      return new MysqlTransaction(connection);
    },
    exclusively: (work) => exclusively(pool, address.pathname, work),
    async ping() {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

/** Definitions commit by themselves here: a named lock of the server keeps other processes out. */
async function exclusively(pool: Pool, database: string, work: (session: Session) => Promise<void>) {
  const connection = await pool.getConnection();
  try {
    const name = `parley:${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;
    const [rows] = await connection.query<RowDataPacket[]>('select get_lock(?, ?) as held', [
      name,
      SCHEMA_LOCK_S,
    ]);
    if (rows[0]?.held !== 1) throw new Error('another process has been changing the schema for too long');
    await work(sessionOn(connection));
  } finally {
    // The lock goes with its connection, whatever happened.
    connection.destroy();
  }
}

type Executor = Pick<Pool | PoolConnection, 'execute'>;

const sessionOn = (executor: Executor): Session => ({
  rows: (text, values) => rows(executor, text, values),
  change: (text, values) => change(executor, text, values),
});

async function rows(executor: Executor, text: string, values: readonly Value[]): Promise<Row[]> {
  const [found] = await executor.execute<RowDataPacket[]>(text, values.map(typed));
  return found as Row[];
}

async function change(executor: Executor, text: string, values: readonly Value[]): Promise<number> {
  const [header] = await executor.execute<ResultSetHeader>(text, values.map(typed));
  // An insert that finds its row and replaces it counts as two.
  return header.affectedRows;
}

const typed = (value: Value) => (Number.isInteger(value) ? TypedParameter.BIGINT(value) : value);

class MysqlTransaction implements OpenTransaction {
  readonly #connection: PoolConnection;
  #released = false;

  constructor(connection: PoolConnection) {
    this.#connection = connection;
  }

  rows(text: string, values: readonly Value[]): Promise<Row[]> {
    return rows(this.#connection, text, values);
  }

  change(text: string, values: readonly Value[]): Promise<number> {
    return change(this.#connection, text, values);
  }

  async commit(): Promise<void> {
    await this.#connection.query('commit');
    this.#released = true;
    this.#connection.release();
  }

  async rollback(): Promise<void> {
    if (this.#released) return;
    this.#released = true;
    try {
      await this.#connection.query('rollback');
      this.#connection.release();
    } catch {
      // A connection that cannot roll back is closed, which rolls back.
      this.#connection.destroy();
    }
  }
}
