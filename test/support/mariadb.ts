import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { accountNamed, type ChildServer, findProgram, folderFor, startChild } from './child-server.ts';
import { freePort } from './free-port.ts';

/** A MariaDB server of our own, on TCP, with one account that may do everything and has no password. */
export async function startMariadb(): Promise<ChildServer & { url: string }> {
  const account = accountNamed('mysql');
  const folder = folderFor('mariadb', account);
  const data = join(folder, 'data');
  execFileSync(
    findProgram('mariadb-install-db'),
    ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...(account ?? {}) },
  );
  const first = join(folder, 'first.sql');
  writeFileSync(first, "create user parley@'%';\ngrant all on *.* to parley@'%' with grant option;\n", {
    mode: 0o644,
  });
  const port = await freePort();
  const url = `mysql://parley@127.0.0.1:${port}/mysql`;
  const server = await startChild({
    name: 'MariaDB',
    account,
    folder,
    command: [
      findProgram('mariadbd'),
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--init-file=${first}`,
      '--skip-name-resolve',
      '--max-connections=300',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-buffer-pool-size=128M',
    ],
    answers: () => askMariadb(url, 'select 1'),
  });
  return { ...server, url };
}

/** One statement on a connection of its own. */
export async function askMariadb(url: string, statement: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
