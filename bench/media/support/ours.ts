import { globSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type WorkerBin, workerBin } from '../../../src/adapters/engine/embedded/worker-bin.ts';
import { copyOf, emptyData, startParley } from '../../support/parley.ts';
import { KEY, SECRET } from '../../support/token.ts';
import { Missing } from './go.ts';
import type { MediaServer } from './media-server.ts';
import { familyOf } from './processes.ts';

let data: Promise<string> | undefined;

/**
 * What Parley is started with here, beside what every bench starts it with. Where clients reach it: pion's are
 * on loopback alone; a browser sends from the machine's own address, and hears from there what it sent there.
 */
export const embedded = (worker: string, announced = '127.0.0.1'): Record<string, string> => ({
  MEDIA_ENGINE: 'embedded',
  RTC_PORT: '0',
  RTC_ANNOUNCED_ADDRESS: announced,
  MEDIASOUP_WORKER_BIN: worker,
  LOG_LEVEL: 'error',
});

/** Parley with media, its rooms carried by this worker. */
export async function startOurs(worker: string, announced?: string): Promise<MediaServer> {
  data ??= emptyData();
  const server = await startParley(copyOf(await data), { env: embedded(worker, announced) });
  return {
    name: 'Parley',
    url: server.url.replace(/^http/, 'ws'),
    key: KEY,
    secret: SECRET,
    pids: () => familyOf(server.pid),
    stop: () => server.stop(),
  };
}

/** The worker that `npm start` would take. Throws `Missing`. */
export function ourWorker(): WorkerBin {
  const found = workerBin(process.env.MEDIASOUP_WORKER_BIN);
  if (!found) throw new Missing('a media worker: npm run build:worker');
  return found;
}

/** mediasoup's own build, where set-up has fetched it or `STOCK_WORKER_BIN` names it. */
export function stockWorker(): string | undefined {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'parley');
  const fetched = globSync(join(cache, 'worker/mediasoup-*/mediasoup-worker'));
  const ours = ourWorker().path;
  return [process.env.STOCK_WORKER_BIN, ...fetched].find((path) => path && path !== ours);
}
