import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { accountNamed, type ChildServer, findProgram, folderFor, startChild } from './child-server.ts';
import { freePort } from './free-port.ts';

/** A PostgreSQL server of our own; its data is not meant to survive, so it does not wait for the disk. */
export async function startPostgres(): Promise<ChildServer & { url: string }> {
  const binaries = '/usr/lib/postgresql/*/bin';
  const account = accountNamed('postgres');
  const folder = folderFor('postgres', account);
  const data = join(folder, 'data');
  execFileSync(
    findProgram('initdb', [`${binaries}/initdb`]),
    ['-D', data, '-U', 'parley', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...(account ?? {}) },
  );
  const port = await freePort();
  const url = `postgres://parley@127.0.0.1:${port}/postgres`;
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: '300',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const server = await startChild({
    name: 'PostgreSQL',
    account,
    folder,
    command: [
      findProgram('postgres', [`${binaries}/postgres`]),
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    answers: () => askPostgres(url, 'select 1'),
    stopSignal: 'SIGINT',
  });
  return { ...server, url };
}

/** One statement on a connection of its own. */
export async function askPostgres(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
