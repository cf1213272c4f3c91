import { alternate, type Figure, type Line, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { copyOf, emptyData, startParley } from './support/parley.ts';
import { cpuSeconds } from './support/proc.ts';
import { seedPeople, uidOf } from './support/seed.ts';
import { type Server, startServer } from './support/server.ts';
import { tokenFor } from './support/token.ts';

const CALLS = 50;
const FRAMES = 2000;
const WARM_UP = 600;
/** Browsers find a handful of candidates at once, and then one now and then. */
const BURSTS = [
  { size: 10, how: 'ten at once' },
  { size: 1, how: 'one at a time' },
];
const FLOOR = new URL('./floors/ws-relay.ts', import.meta.url).pathname;

const people = Array.from({ length: 2 * CALLS }, (_, i) => ({ uid: uidOf(i), token: tokenFor(uidOf(i)) }));

/** Candidates between live calls: frames for each second of the server's CPU. */
async function framesPerSecond(server: Server, calls: boolean, size: number): Promise<number> {
  const load = new Generator('relay');
  await load.ask('connect', { url: server.url, people, calls });
  await load.ask('exchange', { size, bursts: WARM_UP / size });
  const before = cpuSeconds(server.pid);
  const frames = await load.ask<number>('exchange', { size, bursts: FRAMES / size });
  const used = cpuSeconds(server.pid) - before;
  await load.stop();
  await server.stop();
  return frames / used;
}

export const relay: Figure = {
  name: 'relay',
  async measure(pairs) {
    const data = await emptyData();
    seedPeople(data, people.length);
    const lines: Line[] = [];
    for (const { size, how } of BURSTS) {
      const { ours, floor, ratio } = await alternate(
        `relay, ${how}`,
        pairs,
        async () => framesPerSecond(await startParley(copyOf(data)), true, size),
        async () => framesPerSecond(await startServer(FLOOR, []), false, size),
      );
      lines.push({
        figure: `relay of frames between live calls, ${how}, frames per CPU second`,
        ours: short(ours),
        floor: `${short(floor)} (bare ws relay)`,
        ratio,
        bar: 'at least 0.75',
        holds: ratio >= 0.75,
      });
    }
    return lines;
  },
};
