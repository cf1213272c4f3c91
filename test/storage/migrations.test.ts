import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Driver } from '../../src/adapters/storage/dialect.ts';
import { migrations } from '../../src/adapters/storage/migrations/index.ts';
import type { Migration } from '../../src/adapters/storage/migrations/migration.ts';
import { migrate } from '../../src/adapters/storage/migrations/run.ts';
import { openDriver, openStore } from '../../src/adapters/storage/open.ts';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { Running } from './processes.ts';

const known = migrations.at(-1)?.version ?? 0;

describe.each(backends())('migrations on %s', (kind) => {
  let database: FreshDatabase;
  let driver: Driver;
  beforeEach(async () => {
    database = await freshDatabase(kind);
    driver = await openDriver(database.url);
  });
  afterEach(async () => {
    await driver.close();
    await database[Symbol.asyncDispose]();
  });

  const applied = async () => {
    const { sql } = driver.dialect.sql.selectFrom('schema_versions').select('version').compile();
    const rows = await driver.read.rows(sql, []);
    return rows.map((row) => Number(row.version)).sort((a, b) => a - b);
  };
  const step = (version: number, up: Migration['up']): Migration => ({
    version,
    name: `step-${version}`,
    up,
  });
  const aTable = {
    columns: { id: 'int', word: 'key(20)' },
    key: ['id'],
    indexes: { things_word: ['word'] },
  } as const;

  it('run once, and a second start finds nothing to do', async () => {
    await migrate(driver);
    await migrate(driver);
    expect(await applied()).toEqual(migrations.map((migration) => migration.version));
  });

  it('run once when several processes start at the same moment', async () => {
    const processes = [1, 2, 3].map(() => new Running('open-process.ts', [database.url]));
    const codes = await Promise.all(processes.map((process) => process.end()));
    expect({ codes, errors: processes.map((process) => process.errors).join('') }).toEqual({
      codes: [0, 0, 0],
      errors: '',
    });
    expect(await applied()).toEqual(migrations.map((migration) => migration.version));
  });

  it('leave a newer schema alone and say so', async () => {
    await migrate(driver, [...migrations, step(known + 1, async () => {})]);
    await expect(openStore(database.url)).rejects.toThrow(
      `the database has schema ${known + 1} and this program knows schema ${known}`,
    );
  });

  it('that failed half way are not recorded and run again from where they can', async () => {
    await migrate(driver);
    let broken = true;
    const next = step(known + 1, async (schema) => {
      await schema.table('things', aTable);
      if (broken) throw new Error('the power went');
    });
    await expect(migrate(driver, [...migrations, next])).rejects.toThrow('the power went');
    expect(await applied()).not.toContain(known + 1);
    broken = false;
    await migrate(driver, [...migrations, next]);
    expect(await applied()).toContain(known + 1);
  });
});
