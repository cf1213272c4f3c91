import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { TEST_KEY, TEST_SECRET } from './server.ts';

/** A server in a process of its own, for what only a process can suffer. */
export interface ServerProcess {
  url: string;
  pid: number;
  child: ChildProcess;
  /** What it wrote to both of its outputs. */
  words(): string;
  /** `SIGKILL` for a crash; answers when it is gone, with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What every process that a test starts has of our own surroundings, and nothing else. */
export const SURROUNDINGS = {
  PATH: process.env.PATH,
  // A start with compiled modules takes half as long.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
};

/** Starts `src/main.ts` with these variables, and answers when it says that it listens. */
export async function startProcess(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: {
      ...SURROUNDINGS,
      HOST: '127.0.0.1',
      PORT: '0',
      RATE_LIMITS: 'off',
      // Servers that run side by side would want the same ports.
      MEDIA_ENGINE: 'none',
      API_KEYS: `${TEST_KEY}:${TEST_SECRET}`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      words += chunk.toString();
      const listening = /parley listening on (\S+)/.exec(words);
      if (listening?.[1]) resolve(listening[1]);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    exited.then(() => reject(new Error(`the server ended before it listened:\n${words}`)), reject);
  });
  return {
    url,
    pid: child.pid ?? 0,
    child,
    words: () => words,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}
