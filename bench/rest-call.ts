import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, type Figure, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { copyOf, emptyData, startParley, temporaryFolder } from './support/parley.ts';
import { cpuSeconds } from './support/proc.ts';
import { FIRST_ID, seedPeople, uidOf } from './support/seed.ts';
import { type Server, startServer } from './support/server.ts';
import { tokenFor } from './support/token.ts';

/** Before counting: what a young program spends on compiling itself. */
const WARM_UP = 4000;
const CALLS = 3000;
const RECORDER = new URL('./support/record-sql.ts', import.meta.url).pathname;
const FLOOR = new URL('./floors/fastify-sql.ts', import.meta.url).pathname;

const people = Array.from({ length: 100 }, (_, i) => ({ id: FIRST_ID + i, token: tokenFor(uidOf(i)) }));

async function makeCalls(server: Server): Promise<{ perCall: number; answers: unknown[] }> {
  const load = new Generator('rest');
  const calls = (count: number) => load.ask<unknown[]>('calls', { url: server.url, people, count });
  const early = await calls(WARM_UP);
  const before = cpuSeconds(server.pid);
  const answers = await calls(CALLS);
  const used = cpuSeconds(server.pid) - before;
  await load.stop();
  await server.stop();
  return { perCall: (used * 1000) / CALLS, answers: [...early, ...answers] };
}

/** Runs the calls once, to learn every statement and every answer. */
async function record(data: string): Promise<{ statements: string; answers: string }> {
  const folder = temporaryFolder();
  const statements = join(folder, 'statements.json');
  const server = await startParley(copyOf(data), {
    flags: ['--import', RECORDER],
    env: { RECORD_TO: statements },
  });
  const { answers } = await makeCalls(server);
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  return { statements, answers: file };
}

export const restCall: Figure = {
  name: 'rest-call',
  async measure(pairs) {
    const data = await emptyData();
    seedPeople(data, people.length);
    const { statements, answers } = await record(data);
    const { ours, floor, ratio } = await alternate(
      'rest-call',
      pairs,
      async () => (await makeCalls(await startParley(copyOf(data)))).perCall,
      async () => (await makeCalls(await startServer(FLOOR, [copyOf(data), statements, answers]))).perCall,
    );
    return [
      {
        figure: 'one call over REST (initiate, answer, hang up), CPU, SQLite',
        ours: `${short(ours)} ms`,
        floor: `${short(floor)} ms (bare Fastify, same schemas and SQL)`,
        ratio,
        bar: 'at most 1.4 x',
        holds: ratio <= 1.4,
      },
    ];
  },
};
