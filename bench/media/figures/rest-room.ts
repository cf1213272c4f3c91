import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, short } from '../../support/figure.ts';
import { Generator } from '../../support/generator.ts';
import { copyOf, emptyData, startParley, temporaryFolder } from '../../support/parley.ts';
import { cpuSeconds } from '../../support/proc.ts';
import { FIRST_ID, seedPeople, uidOf } from '../../support/seed.ts';
import { type Server, startServer } from '../../support/server.ts';
import { tokenFor } from '../../support/token.ts';
import { type MediaFigure, sized } from '../support/media-figure.ts';
import { embedded, ourWorker } from '../support/ours.ts';
import { familyOf } from '../support/processes.ts';

/** Before counting: what a young program spends on compiling itself. As many requests as `rest-call` has. */
const WARM_UP = 6000;
const ROOMS = 2000;
const RECORDER = new URL('../../support/record-sql.ts', import.meta.url).pathname;
const FLOOR = new URL('../../floors/fastify-sql.ts', import.meta.url).pathname;

type People = { id: number; uid: string; token: string }[];

/** The server and its media workers. */
const cpuOf = (server: Server) => familyOf(server.pid).reduce((sum, pid) => sum + cpuSeconds(pid), 0);

async function makeRooms(
  server: Server,
  people: People,
  warmUp: number,
): Promise<{ perRoom: number; answers: unknown[] }> {
  const load = new Generator('rest');
  const make = (some: People) => load.ask<unknown[]>('rooms', { url: server.url, people: some });
  const early = await make(people.slice(0, warmUp * 2));
  const before = cpuOf(server);
  const answers = await make(people.slice(warmUp * 2));
  const used = cpuOf(server) - before;
  await load.stop();
  await server.stop();
  return { perRoom: (used * 1000) / (people.length / 2 - warmUp), answers: [...early, ...answers] };
}

/** D's create and join with the embedded engine, against Fastify that runs the same statements. */
export const restRoom: MediaFigure = {
  name: 'rest-room',
  async measure(asked) {
    const warmUp = sized(asked, WARM_UP);
    const count = 2 * (warmUp + sized(asked, ROOMS));
    const people = Array.from({ length: count }, (_, i) => ({
      id: FIRST_ID + i,
      uid: uidOf(i),
      token: tokenFor(uidOf(i)),
    }));
    const env = embedded(ourWorker().path);
    const data = await emptyData();
    seedPeople(data, people.length);

    // Once, to learn every statement and every answer.
    const folder = temporaryFolder();
    const statements = join(folder, 'statements.json');
    const recorder = { flags: ['--import', RECORDER], env: { ...env, RECORD_TO: statements } };
    const { answers } = await makeRooms(await startParley(copyOf(data), recorder), people, warmUp);
    const told = join(folder, 'answers.json');
    writeFileSync(told, JSON.stringify(answers));

    const { ours, floor, ratio } = await alternate(
      'rest-room',
      asked.pairs,
      async () => (await makeRooms(await startParley(copyOf(data), { env }), people, warmUp)).perRoom,
      async () => {
        const bare = await startServer(FLOOR, [copyOf(data), statements, told, 'rooms']);
        return (await makeRooms(bare, people, warmUp)).perRoom;
      },
    );
    return [
      {
        figure: 'one room over REST (create, join), CPU of the server and its workers, SQLite',
        ours: `${short(ours)} ms`,
        floor: `${short(floor)} ms (bare Fastify, same schemas and SQL)`,
        ratio,
        bar: 'at most 1.5 x',
        holds: ratio <= 1.5,
      },
    ];
  },
};
