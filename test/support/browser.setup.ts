import type { TestProject } from 'vitest/node';
import type { ChildServer } from './child-server.ts';
import { startCoturn } from './coturn.ts';

let running: ChildServer | undefined;

/** The browsers' tests run on SQLite and need one more program: a TURN server. */
export async function setup(project: TestProject): Promise<void> {
  const server = await startCoturn();
  running = server;
  project.provide('servers', { turn: server.turn });
}

export async function teardown(): Promise<void> {
  await running?.stop();
}
