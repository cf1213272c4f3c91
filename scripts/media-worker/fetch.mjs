// Runs the step of mediasoup's installation that downloads its ready-made worker, and nothing of what that step does
// when it cannot: it would build from downloads of its own. Prints the worker's path; exit status 1 where there is none.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A few megabytes; a machine that may not reach the place finds out by waiting. */
const PATIENCE_MS = 60_000;

const folder = join(import.meta.dirname, '../../node_modules/mediasoup');
const worker = join(folder, 'worker/out/Release/mediasoup-worker');
const { MEDIASOUP_WORKER_BIN: _, MEDIASOUP_LOCAL_DEV: __, ...env } = process.env;
if (!existsSync(worker)) {
  spawnSync(process.execPath, ['npm-scripts.mjs', 'postinstall'], {
    cwd: folder,
    // Building would begin with this program.
    env: { ...env, PYTHON: 'false', MEDIASOUP_FORCE_WORKER_PREBUILT_DOWNLOAD: '1' },
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
    stdio: 'ignore',
  });
}
if (existsSync(worker)) console.log(worker);
else process.exitCode = 1;
