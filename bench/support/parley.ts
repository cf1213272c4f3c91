import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Server, type ServerOptions, startServer } from './server.ts';
import { KEY, SECRET } from './token.ts';

/** As scripts/node.sh has it. */
const FLAGS = ['--max-semi-space-size=8'];
const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const folders: string[] = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes when the run ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  folders.push(folder);
  return folder;
}

/** A data folder with the server's own schema in it, and nobody. */
export async function emptyData(): Promise<string> {
  const folder = temporaryFolder();
  await (await startParley(folder)).stop();
  return folder;
}

export function copyOf(folder: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** Parley as `npm start` runs it, on a free port; budgets off, for the load comes from one place. */
export function startParley(dataDir: string, options: ServerOptions = {}): Promise<Server> {
  const env = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    // What is measured here is the server without its media; bench/media measures that.
    MEDIA_ENGINE: 'none',
    API_KEYS: `${KEY}:${SECRET}`,
    RATE_LIMITS: 'off',
    ...options.env,
  };
  const flags = [...FLAGS, ...(options.flags ?? [])];
  return startServer(MAIN, [], { ...options, flags, env, cwd: dataDir });
}
