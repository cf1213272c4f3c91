import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Backend, wantedBackends } from './backends.ts';
import type { TurnFacts } from './coturn.ts';
import { askMariadb } from './mariadb.ts';
import { askPostgres } from './postgres.ts';
import type { Servers } from './provided.ts';

/** A new, empty database, by the URL that `DATABASE_URL` takes. It goes when it is disposed of. */
export type FreshDatabase = AsyncDisposable & { kind: Backend; url: string };

/**
 * The backends this file's tests run on, for `describe.each(backends())`: all that are asked for where the run has
 * started servers, SQLite alone in the fast project.
 */
export function backends(): readonly Backend[] {
  const { postgres, mariadb } = servers();
  return wantedBackends().filter(
    (backend) => backend === 'sqlite' || (backend === 'postgres' ? postgres : mariadb) !== undefined,
  );
}

/** Makes a database that nothing has touched. Close what you opened on it first, then dispose of it. */
export async function freshDatabase(kind: Backend): Promise<FreshDatabase> {
  if (kind === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'parley-sqlite-'));
    return {
      kind,
      url: `sqlite:${join(folder, 'parley.db')}`,
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  }
  const server = needed(kind);
  const name = `parley_${randomBytes(8).toString('hex')}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  if (kind === 'postgres') {
    await askPostgres(server, `create database ${name}`);
    const drop = (): Promise<void> => askPostgres(server, `drop database ${name} with (force)`);
    return { kind, url: url.href, [Symbol.asyncDispose]: drop };
  }
  // As an operator's would be: whatever the server's default is, and Parley's own tables say what they need.
  await askMariadb(server, `create database ${name}`);
  return { kind, url: url.href, [Symbol.asyncDispose]: () => askMariadb(server, `drop database ${name}`) };
}

/** The Redis server of this run. */
export const redisUrl = (): string => needed('redis');

/** The TURN server of this run. */
export const turnServer = (): TurnFacts => needed('turn');

function servers(): Servers {
  // In a project without a global set-up nothing was provided.
  return (inject('servers') as Servers | undefined) ?? {};
}

function needed<K extends keyof Servers>(name: K): NonNullable<Servers[K]> {
  const found = servers()[name];
  if (!found)
    throw new Error(
      `this run started no ${name}: a test that needs it belongs in test/, not in test/fast or src`,
    );
  return found;
}
