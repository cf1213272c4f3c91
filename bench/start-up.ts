import { alternate, type Figure, short } from './support/figure.ts';
import { emptyData, startParley } from './support/parley.ts';
import { type Server, startServer } from './support/server.ts';

const FLOOR = new URL('./floors/fastify-start.ts', import.meta.url).pathname;
/** The kernel counts in hundredths of a second: several starts make them fine enough. */
const STARTS = 4;
const MOST_MEMORY = 150 * 1024 * 1024;

async function starts(start: () => Promise<Server>): Promise<{ cpu: number; resident: number }> {
  let cpu = 0;
  let resident = 0;
  for (let i = 0; i < STARTS; i++) {
    const server = await start();
    cpu += server.atListening.cpu / STARTS;
    resident = Math.max(resident, server.atListening.resident);
    await server.stop();
  }
  return { cpu, resident };
}

export const startUp: Figure = {
  name: 'start-up',
  async measure(pairs) {
    // The first start made the database and the secrets: these are warm ones.
    const data = await emptyData();
    const residents: number[] = [];
    const { ours, floor, ratio } = await alternate(
      'start-up',
      pairs,
      async () => {
        const { cpu, resident } = await starts(() => startParley(data));
        residents.push(resident);
        return cpu;
      },
      async () => (await starts(() => startServer(FLOOR, []))).cpu,
    );
    const resident = residents.sort((a, b) => a - b)[Math.floor(residents.length / 2)] ?? Number.NaN;
    return [
      {
        figure: 'CPU from start to the listening line, warm',
        ours: `${short(ours * 1000)} ms`,
        floor: `${short(floor * 1000)} ms (bare Fastify with TypeBox)`,
        ratio,
        bar: 'at most 4 x',
        holds: ratio <= 4,
      },
      {
        figure: 'resident memory at the listening line',
        ours: `${short(resident / 1024 / 1024)} MB`,
        floor: '150 MB',
        ratio: resident / MOST_MEMORY,
        bar: 'at most 150 MB',
        holds: resident <= MOST_MEMORY,
      },
    ];
  },
};
