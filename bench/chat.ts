import { alternate, type Figure, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { copyOf, emptyData, startParley } from './support/parley.ts';
import { cpuSeconds } from './support/proc.ts';
import { FIRST_ID, seedPeople, uidOf } from './support/seed.ts';
import { type Server, startServer } from './support/server.ts';
import { tokenFor } from './support/token.ts';

const PEOPLE = 200;
const MESSAGES = 600;
const WARM_UP = 200;
const BAR = 0.6;
const FLOOR = new URL('./floors/ws-broadcast.ts', import.meta.url).pathname;

const people = Array.from({ length: PEOPLE }, (_, i) => ({ id: FIRST_ID + i, token: tokenFor(uidOf(i)) }));

/** What is said in a meeting, to all who are in it: messages for each second of the server's CPU. */
async function messagesPerSecond(server: Server, meeting: boolean): Promise<number> {
  const load = new Generator('chat');
  await load.ask('connect', { url: server.url, people, meeting });
  await load.ask('talk', { messages: WARM_UP });
  const before = cpuSeconds(server.pid);
  await load.ask('talk', { messages: MESSAGES });
  const used = cpuSeconds(server.pid) - before;
  await load.stop();
  await server.stop();
  return MESSAGES / used;
}

export const chat: Figure = {
  name: 'chat',
  async measure(pairs) {
    const data = await emptyData();
    seedPeople(data, PEOPLE);
    const { ours, floor, ratio } = await alternate(
      'chat',
      pairs,
      async () => messagesPerSecond(await startParley(copyOf(data)), true),
      async () => messagesPerSecond(await startServer(FLOOR, []), false),
    );
    return [
      {
        figure: `chat message to all of ${PEOPLE} sockets of a meeting, messages per CPU second`,
        ours: short(ours),
        floor: `${short(floor)} (bare ws broadcast)`,
        ratio,
        bar: `at least ${BAR}`,
        holds: ratio >= BAR,
      },
    ];
  },
};
