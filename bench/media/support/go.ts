import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version that is compared with. */
export const LIVEKIT_VERSION = 'v1.13.5';
const LIVEKIT = `github.com/livekit/livekit-server/cmd/server@${LIVEKIT_VERSION}`;
const LOAD = fileURLToPath(new URL('../load/', import.meta.url));
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'parley');

/** What is not on this machine and cannot be made here, by name. */
export class Missing extends Error {
  override readonly name = 'Missing';
}

const hasGo = (): boolean => {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A program that is made once; undefined `make` output is its own failure. */
function made(path: string, what: string, make: (folder: string) => void): string {
  if (existsSync(path)) return path;
  if (!hasGo()) throw new Missing(`Go (for ${what})`);
  process.stderr.write(`building ${what} (some minutes)\n`);
  const folder = join(path, '..');
  mkdirSync(folder, { recursive: true });
  try {
    make(folder);
  } catch {
    throw new Missing(`${what}, which Go could not build; its message is above`);
  }
  return path;
}

/** LiveKit's own server, from the cache or built there. Throws `Missing`. */
export const livekitProgram = (): string =>
  made(
    join(CACHE, 'livekit-server', LIVEKIT_VERSION, 'server'),
    `LiveKit's server ${LIVEKIT_VERSION}`,
    (folder) =>
      execFileSync('go', ['install', LIVEKIT], { env: { ...process.env, GOBIN: folder }, stdio: 'inherit' }),
  );

/** The load generator of `load/`, built again when its sources change. Throws `Missing`. */
export function loadProgram(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(LOAD).sort()) hash.update(name).update(readFileSync(join(LOAD, name)));
  const path = join(CACHE, 'bench-load', hash.digest('hex').slice(0, 16), 'load');
  return made(path, 'the load generator', () =>
    execFileSync('go', ['build', '-o', path, '.'], { cwd: LOAD, stdio: 'inherit' }),
  );
}
