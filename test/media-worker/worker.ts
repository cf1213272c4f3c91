import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorker, type types } from 'mediasoup';
import { workerBin } from '../../src/adapters/engine/embedded/worker-bin.ts';

/** What the tests here are about is in our build alone. */
export function ourWorker(): string {
  const found = workerBin(process.env.MEDIASOUP_WORKER_BIN);
  if (found?.mapsNumbers && found.batchesSends) return found.path;
  throw new Error(
    `these tests are about our build of the media worker, found ${found?.path}: npm run build:worker`,
  );
}

export interface TestWorker {
  readonly worker: types.Worker;
  /** Ends it as its own end does, so that what is preloaded can report. */
  close(): Promise<void>;
}

/** `preload`: a library, and what it reads from the environment. */
export async function startWorker(preload?: {
  library: string;
  env: Record<string, string>;
}): Promise<TestWorker> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-worker-'));
  let bin = ourWorker();
  if (preload) {
    const env = { ...preload.env, LD_PRELOAD: preload.library };
    const words = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
    const wrapped = join(folder, 'worker');
    writeFileSync(wrapped, `#!/bin/sh\n${words.join(' ')} exec '${bin}' "$@"\n`);
    chmodSync(wrapped, 0o755);
    bin = wrapped;
  }
  const worker = await createWorker({ logLevel: 'warn', workerBin: bin });
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('subprocessclose', () => resolve());
    worker.on('died', (error) => reject(error));
  });
  // A worker that dies fails whoever waits for its end; until then nobody may be waiting.
  ended.catch(() => {});
  return {
    worker,
    async close(): Promise<void> {
      worker.close();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Compiles the library that makes the worker's sending fail. */
export async function compileFaulty(folder: string): Promise<string> {
  const library = join(folder, 'faulty.so');
  const source = join(import.meta.dirname, 'faulty.c');
  const child = spawn('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'], {
    stdio: 'inherit',
  });
  const code = await new Promise((resolve, reject) => child.on('exit', resolve).on('error', reject));
  if (code !== 0) throw new Error(`the compiler failed on ${source}`);
  return library;
}
