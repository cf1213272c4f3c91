import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** mediasoup's worker: the program that carries the media. */
export interface WorkerBin {
  readonly path: string;
  /** Sends to each receiver with the receiver's own numbers: `consumeAs`. */
  readonly mapsNumbers: boolean;
  /** Writes many datagrams with one system call. */
  readonly batchesSends: boolean;
}

const PACKAGES = join(import.meta.dirname, '../../../../node_modules');
/** Where the set-up wrote which worker it has made or fetched. */
const CHOICE = join(PACKAGES, '.parley-worker');
/** There after an installation that ran mediasoup's install script. */
const OWN_OF_MEDIASOUP = join(PACKAGES, 'mediasoup/worker/out/Release/mediasoup-worker');

/**
 * The worker of `MEDIASOUP_WORKER_BIN`, else the one of the set-up, else mediasoup's own where its package has one.
 * Undefined when there is none: `npm run build:worker` says what is missing.
 */
export function workerBin(given: string | undefined): WorkerBin | undefined {
  for (const path of [given, chosen(), OWN_OF_MEDIASOUP]) {
    if (path && runs(path)) return { path, ...features(path) };
    if (path && path === given) throw new Error(`MEDIASOUP_WORKER_BIN names ${path}, which is no program`);
  }
  return undefined;
}

/** Our patches leave a word of what they add in the binary; see scripts/media-worker/patches. */
function features(path: string): Omit<WorkerBin, 'path'> {
  const binary = readFileSync(path);
  return {
    mapsNumbers: binary.includes('worker-feature:send-numbers'),
    batchesSends: binary.includes('worker-feature:batched-udp-sends'),
  };
}

function chosen(): string | undefined {
  try {
    // The second line; the first one is what the set-up made it from.
    return readFileSync(CHOICE, 'utf8').split('\n')[1];
  } catch {
    // No set-up has run here: packages alone.
    return undefined;
  }
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
