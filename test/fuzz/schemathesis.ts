import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const REQUIREMENTS = new URL('requirements.txt', import.meta.url);

/** Runs a program to its end; `undefined` when it cannot be started. */
export function run(program: string, args: readonly string[], cwd?: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: 'inherit' });
    child.on('error', () => resolve(undefined));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Where schemathesis is. It is installed once for each list of requirements, into a virtual environment
 * of its own that outlives the checkout; whatever pip is configured with is where it comes from.
 */
export async function installed(): Promise<string> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
  const folder = join(cache, 'parley', 'schemathesis', wanted);
  const program = join(folder, 'bin', 'schemathesis');
  const stamp = join(folder, 'installed');
  try {
    readFileSync(stamp);
    return program;
  } catch {
    console.log(`installing schemathesis into ${folder}`);
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made = await run('python3', ['-m', 'venv', folder]);
  if (made !== 0) throw new Error('test:fuzz needs python3 (3.11 or newer) with its venv module');
  const got = await run(join(folder, 'bin', 'pip'), [
    ...['install', '--quiet', '--require-hashes', '--only-binary', ':all:'],
    ...['-r', REQUIREMENTS.pathname],
  ]);
  if (got !== 0) throw new Error('pip could not install schemathesis; its message is above');
  writeFileSync(stamp, '');
  return program;
}
