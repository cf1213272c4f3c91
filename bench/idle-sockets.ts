import { execFileSync } from 'node:child_process';
import { alternate, type Figure, short } from './support/figure.ts';
import { Generator } from './support/generator.ts';
import { copyOf, emptyData, startParley } from './support/parley.ts';
import { residentBytes } from './support/proc.ts';
import { seedPeople, uidOf } from './support/seed.ts';
import { type Server, startServer } from './support/server.ts';
import { tokenFor } from './support/token.ts';

const SOCKETS = 10_000;
/** Files a process has open beside its sockets. */
const OTHER_FILES = 200;
const FLOOR = new URL('./floors/ws-relay.ts', import.meta.url).pathname;

/** Node raises its own limit as far as the system lets it. */
function checkFileLimit(): void {
  const limit = execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).trim();
  if (limit === 'unlimited' || Number(limit) >= SOCKETS + OTHER_FILES) return;
  throw new Error(`${SOCKETS} sockets need ulimit -Hn ${SOCKETS + OTHER_FILES} or more; it is ${limit}`);
}

async function bytesPerSocket(server: Server, tokens: string[]): Promise<number> {
  const load = new Generator('sockets');
  // A few first: what the first socket loads is not what each socket costs.
  await load.ask('connect', { url: server.url, tokens: tokens.slice(SOCKETS) });
  await server.collect();
  const before = residentBytes(server.pid);
  await load.ask('connect', { url: server.url, tokens: tokens.slice(0, SOCKETS) });
  await server.collect();
  const after = residentBytes(server.pid);
  await load.stop();
  await server.stop();
  return (after - before) / SOCKETS;
}

export const idleSockets: Figure = {
  name: 'idle-sockets',
  async measure(pairs) {
    checkFileLimit();
    const tokens = Array.from({ length: SOCKETS + 100 }, (_, i) => tokenFor(uidOf(i)));
    const data = await emptyData();
    seedPeople(data, tokens.length);
    const { ours, floor, ratio } = await alternate(
      'idle-sockets',
      pairs,
      async () => bytesPerSocket(await startParley(copyOf(data), { collectable: true }), tokens),
      async () => bytesPerSocket(await startServer(FLOOR, [], { collectable: true }), tokens),
    );
    return [
      {
        figure: `memory per idle socket, ${SOCKETS.toLocaleString('en')} of them`,
        ours: `${short(ours / 1024)} kB`,
        floor: `${short(floor / 1024)} kB (bare ws server)`,
        ratio,
        bar: 'at most 1.3 x and 4 kB',
        holds: ours <= 1.3 * floor + 4096,
      },
    ];
  },
};
