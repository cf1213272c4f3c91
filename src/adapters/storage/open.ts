import type { Store } from '../../ports/store.ts';
import type { Driver } from './dialect.ts';
import { migrate } from './migrations/run.ts';
import { SqlStore } from './store.ts';

/**
 * The store behind `DATABASE_URL`: `sqlite:/path`, `postgres://...`, `mysql://...` or
 * `mariadb://...`, its schema brought up to date. Refuses a database of a newer program. A driver
 * is loaded when it is chosen, not before.
 */
export async function openStore(databaseUrl: string): Promise<Store> {
  const driver = await openDriver(databaseUrl);
  try {
    await migrate(driver);
  } catch (error) {
    await driver.close();
    throw error;
  }
  return new SqlStore(driver);
}

/** The driver alone, its schema as it is. */
export async function openDriver(url: string): Promise<Driver> {
  const scheme = url.slice(0, url.indexOf(':'));
  switch (scheme) {
    case 'sqlite': {
      const { openSqlite } = await import('./sqlite/driver.ts');
      return openSqlite(url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, ''));
    }
    case 'postgres':
    case 'postgresql': {
      const { openPostgres } = await import('./postgres/driver.ts');
      return openPostgres(url);
    }
    case 'mysql':
    case 'mariadb': {
      const { openMysql } = await import('./mysql/driver.ts');
      return openMysql(url);
    }
    default:
      throw new Error('DATABASE_URL begins with sqlite:, postgres:, mysql: or mariadb:');
  }
}
