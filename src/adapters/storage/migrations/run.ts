import type { Dialect, Driver, Session, Value } from '../dialect.ts';
import { migrations as all } from './index.ts';
import { type Migration, SchemaChange } from './migration.ts';

/**
 * Brings the schema up to date, one process at a time: the others wait and find it done. A schema
 * newer than the list is refused and left alone.
 */
export async function migrate(driver: Driver, migrations: readonly Migration[] = all): Promise<void> {
  await driver.exclusively(async (session) => {
    const change = new SchemaChange(driver.dialect, session);
    await change.table('schema_versions', {
      columns: { version: 'int', name: 'key(64)', applied_at: 'int' },
      key: ['version'],
    });
    const present = await presentVersion(driver.dialect, session);
    const known = migrations.at(-1)?.version ?? 0;
    if (present > known) {
      throw new Error(
        `the database has schema ${present} and this program knows schema ${known}: ` +
          'it belongs to a newer version of the program, start that one',
      );
    }
    for (const migration of migrations) {
      if (migration.version <= present) continue;
      await migration.up(change);
      await record(driver.dialect, session, migration);
    }
  });
}

async function presentVersion({ sql }: Dialect, session: Session): Promise<number> {
  const built = sql
    .selectFrom('schema_versions')
    .select(({ fn }) => fn.max('version').as('version'))
    .compile();
  const [row] = await session.rows(built.sql, []);
  return Number(row?.version ?? 0);
}

async function record({ sql }: Dialect, session: Session, { version, name }: Migration): Promise<void> {
  const row = { version, name, applied_at: Date.now() };
  const built = sql.insertInto('schema_versions').values(row).compile();
  await session.change(built.sql, built.parameters as Value[]);
}
