import { alternate, type Figure, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { copyOf, emptyData, startParley } from './support/parley.ts';
import { cpuSeconds } from './support/proc.ts';
import { seedPeople, uidOf } from './support/seed.ts';
import { tokenFor } from './support/token.ts';

const MANY = 2000;
const FEW = 200;
/** Before counting: what a young program spends on compiling itself. */
const WARM_UP = 3;

const people = Array.from({ length: 2 * MANY }, (_, i) => ({ uid: uidOf(i), token: tokenFor(uidOf(i)) }));

/** CPU milliseconds of one call when so many are live at the same time; as many calls in all. */
async function perCall(data: string, atOnce: number): Promise<number> {
  const server = await startParley(copyOf(data));
  const warm = new Generator('calls');
  await warm.ask('connect', { url: server.url, people: people.slice(0, 2 * FEW) });
  await warm.ask('call', { rounds: WARM_UP });
  await warm.stop();
  const load = new Generator('calls');
  await load.ask('connect', { url: server.url, people: people.slice(0, 2 * atOnce) });
  const before = cpuSeconds(server.pid);
  const disorder = await load.ask<number>('call', { rounds: MANY / atOnce });
  const used = cpuSeconds(server.pid) - before;
  await load.stop();
  await server.stop();
  if (disorder > 0) throw new Error(`${disorder} frames came out of order with ${atOnce} calls at once`);
  return (used * 1000) / MANY;
}

export const callsAtOnce: Figure = {
  name: 'calls-at-once',
  async measure(pairs) {
    const data = await emptyData();
    seedPeople(data, people.length);
    const { ours, floor, ratio } = await alternate(
      'calls-at-once',
      pairs,
      () => perCall(data, MANY),
      () => perCall(data, FEW),
    );
    return [
      {
        figure: `${MANY.toLocaleString('en')} calls at once, CPU per call; none lost, none out of order`,
        ours: `${short(ours)} ms`,
        floor: `${short(floor)} ms (${FEW} at once)`,
        ratio,
        bar: 'at most 1.15 x',
        holds: ratio <= 1.15,
      },
    ];
  },
};
