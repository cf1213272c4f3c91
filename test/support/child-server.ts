import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from './wait-for.ts';

/** A real server that the tests started for themselves, with a folder that goes when it stops. */
export type ChildServer = { folder: string; stop(): Promise<void> };

/** An account to run as when the tests run as root, which PostgreSQL refuses and others should not need. */
export type Account = { uid: number; gid: number } | undefined;

export type ChildOptions = {
  name: string;
  account: Account;
  folder: string;
  command: [program: string, ...rest: string[]];
  /** Asks the server something; it is up when this no longer throws. */
  answers: () => Promise<unknown>;
  stopSignal?: NodeJS.Signals;
};

const isRoot = process.getuid?.() === 0;

/** The account of that name, when we are root; `nobody` when the machine lacks it. */
export function accountNamed(name: string): Account {
  if (!isRoot) return undefined;
  const id = (option: string, user: string): number =>
    Number(execFileSync('id', [option, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u', name), gid: id('-g', name) };
  } catch {
    return { uid: id('-u', 'nobody'), gid: id('-g', 'nobody') };
  }
}

/** A new folder that belongs to the account. Its name tells whose run it is, so that a later run clears what a killed one left. */
export function folderFor(name: string, account: Account): string {
  for (const left of globSync(join(tmpdir(), `parley-${name}-*`))) {
    const owner = Number(left.split('-').at(-2));
    if (!isAlive(owner)) rmSync(left, { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(tmpdir(), `parley-${name}-${process.pid}-`));
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else is alive too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Where a program is: on PATH, among the places that daemons live, or in one of the patterns. */
export function findProgram(name: string, patterns: string[] = []): string {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const found = [
    ...patterns.flatMap((pattern) => globSync(pattern)),
    ...folders.map((folder) => join(folder, name)),
  ].find(isExecutable);
  if (!found) throw new Error(`the tests need ${name}; scripts/setup.sh test installs it or says how`);
  return found;
}

/** Starts the program and waits until it answers; its own words are in the failure when it does not. */
export async function startChild(options: ChildOptions): Promise<ChildServer> {
  const { name, account, folder, answers, stopSignal = 'SIGTERM' } = options;
  const child = spawn(...endingWithUs(options.command), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account ?? {}),
  });
  let words = '';
  const listen = (chunk: Buffer): void => {
    words = (words + chunk.toString()).slice(-4000);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  let ended = false;
  const exited = once(child, 'exit').finally(() => {
    ended = true;
  });
  exited.catch(listen);

  const stop = async (): Promise<void> => {
    if (!ended) child.kill(stopSignal);
    if (!(await Promise.race([exited.then(() => true), delay(10_000, false, { ref: false })])))
      child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(() => ended || answers().then(() => true), {
      reason: `${name} to answer`,
      timeoutMs: 30_000,
    });
    if (ended) throw new Error(`${name} ended at once`);
  } catch (error) {
    await stop().catch(listen);
    throw new Error(`${name} did not start: ${error instanceof Error ? error.message : error}\n${words}`, {
      cause: error,
    });
  }
  return { folder, stop };
}

/** On Linux the kernel ends the child when we are killed without a chance to. */
function endingWithUs([program, ...rest]: [string, ...string[]]): [string, string[]] {
  const setpriv = '/usr/bin/setpriv';
  return isExecutable(setpriv) ? [setpriv, ['--pdeathsig', 'KILL', program, ...rest]] : [program, rest];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
