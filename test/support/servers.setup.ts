import type { TestProject } from 'vitest/node';
import { wantedBackends } from './backends.ts';
import type { ChildServer } from './child-server.ts';
import { startCoturn } from './coturn.ts';
import { startMariadb } from './mariadb.ts';
import { startPostgres } from './postgres.ts';
import type { Servers } from './provided.ts';
import { startRedis } from './redis.ts';

const running: ChildServer[] = [];

/** Starts the real servers once for all tests that ask for them, side by side. */
export async function setup(project: TestProject): Promise<void> {
  const wanted = wantedBackends();
  const servers: Servers = {};
  const keep = <S extends ChildServer>(server: S): S => {
    running.push(server);
    return server;
  };
  const started = await Promise.allSettled([
    startRedis().then((server) => {
      servers.redis = keep(server).url;
    }),
    startCoturn().then((server) => {
      servers.turn = keep(server).turn;
    }),
    wanted.includes('postgres') &&
      startPostgres().then((server) => {
        servers.postgres = keep(server).url;
      }),
    wanted.includes('mariadb') &&
      startMariadb().then((server) => {
        servers.mariadb = keep(server).url;
      }),
  ]);
  const failures = started.filter((result) => result.status === 'rejected').map((result) => result.reason);
  if (failures.length > 0) {
    await teardown();
    throw new AggregateError(failures, failures.map(String).join('\n'));
  }
  project.provide('servers', servers);
}

export async function teardown(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.stop()));
}
