import { afterAll, beforeAll, expect } from 'vitest';
import { Db } from '../../src/adapters/storage/db.ts';
import type { Dialect, Driver, Row, Value } from '../../src/adapters/storage/dialect.ts';
import { migrate } from '../../src/adapters/storage/migrations/run.ts';
import { openDriver } from '../../src/adapters/storage/open.ts';
import type { Backend } from '../support/backends.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';

/** How each database is asked, and how it says that it reads a table from end to end. */
export const EXPLAIN: Record<
  Backend,
  { words: string; scans: (plan: string) => boolean; analyse?: (tables: readonly string[]) => string }
> = {
  sqlite: {
    words: 'explain query plan',
    scans: (plan) => /\bSCAN (?!page\b|\(subquery|CONSTANT)/.test(plan),
  },
  postgres: { words: 'explain', scans: (plan) => /Seq Scan on/.test(plan), analyse: () => 'analyze' },
  mariadb: {
    words: 'explain',
    // The derived page itself is read whole: it is the answer.
    scans: (plan) =>
      plan.split('\n').some((line) => /"type":"(ALL|index)"/.test(line) && !line.includes('<derived')),
    analyse: (tables) => `analyze table ${tables.join(', ')}`,
  },
};

export interface Statement {
  text: string;
  values: readonly Value[];
}
export type Ask = (db: Db) => Promise<unknown>;

/** What a question comes to, answered with these rows every time. */
export async function statementsOf(dialect: Dialect, ask: Ask, rows: Row[] = []): Promise<Statement[]> {
  const asked: Statement[] = [];
  const recorder = {
    rows: (text: string, values: readonly Value[]) => {
      asked.push({ text, values });
      return rows;
    },
    change: (text: string, values: readonly Value[]) => {
      asked.push({ text, values });
      return 1;
    },
  };
  await ask(new Db(dialect, recorder, false));
  return asked;
}

/** How a database would answer a statement, a line for each step. */
export async function planFor(driver: Driver, kind: Backend, { text, values }: Statement): Promise<string> {
  const rows = await driver.read.rows(`${EXPLAIN[kind].words} ${text}`, values);
  return rows.map((row) => JSON.stringify(row)).join('\n');
}

/** Writes what has been built. */
export type Write = (built: Built) => Promise<void>;
export interface Built {
  compile(): { sql: string; parameters: readonly unknown[] };
}

/** A database full of rows, for the tests of one block. */
export interface Filled {
  /** Once it is there. */
  readonly driver: Driver;
  /** The plan of the one statement that a question comes to. */
  planOf(ask: Ask): Promise<string>;
}

/** Opens it before the tests of this block and takes it away after them. */
export function filled(
  kind: Backend,
  tables: readonly string[],
  work: (dialect: Dialect, write: Write) => Promise<void>,
): Filled {
  let database: FreshDatabase;
  let driver: Driver;
  beforeAll(async () => {
    database = await freshDatabase(kind);
    driver = await openDriver(database.url);
    await migrate(driver);
    await fill(driver, kind, tables, (write) => work(driver.dialect, write));
  });
  afterAll(async () => {
    await driver.close();
    await database[Symbol.asyncDispose]();
  });
  return {
    get driver() {
      return driver;
    },
    async planOf(ask) {
      const asked = await statementsOf(driver.dialect, ask);
      expect(asked).toHaveLength(1);
      return planFor(driver, kind, asked[0] as Statement);
    },
  };
}

/** Fills a database and lets it look at what it has where it does that by itself: its plans are those of a real one. */
async function fill(
  driver: Driver,
  kind: Backend,
  tables: readonly string[],
  work: (write: Write) => Promise<void>,
): Promise<void> {
  const transaction = await driver.begin();
  await work(async (built) => {
    const { sql, parameters } = built.compile();
    await transaction.change(sql, parameters as Value[]);
  });
  await transaction.commit();
  const analyse = EXPLAIN[kind].analyse?.(tables);
  if (analyse === undefined) return;
  const analysing = await driver.begin();
  await analysing.rows(analyse, []);
  await analysing.commit();
}
