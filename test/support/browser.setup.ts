import { existsSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import type { ChildServer } from './child-server.ts';
import { startCoturn } from './coturn.ts';

let running: ChildServer | undefined;

/** The browsers' tests run on SQLite and need one more program: a TURN server. */
export async function setup(project: TestProject): Promise<void> {
  if (!existsSync('web/dist/index.html'))
    throw new Error('the app is not built; scripts/setup.sh test builds it');
  const server = await startCoturn();
  running = server;
  project.provide('servers', { turn: server.turn });
}

export async function teardown(): Promise<void> {
  await running?.stop();
}
