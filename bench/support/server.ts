import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cpuSeconds, residentBytes } from './proc.ts';

/** A server in its own process, so that its CPU seconds and memory are its own. */
export interface Server {
  pid: number;
  url: string;
  /** What it had used when its listening line came. */
  atListening: { cpu: number; resident: number };
  /** Collects its garbage and answers when it is done; for servers started with `collectable`. */
  collect(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  env?: Record<string, string>;
  cwd?: string;
  /** Flags for Node. */
  flags?: string[];
  collectable?: boolean;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const PRELOAD = new URL('./collect-on-signal.ts', import.meta.url).pathname;

/** Runs the file with Node and answers when it says `listening on <url>`. */
export async function startServer(
  file: string,
  args: string[],
  options: ServerOptions = {},
): Promise<Server> {
  const flags = [
    ...(options.flags ?? []),
    ...(options.collectable ? ['--expose-gc', '--import', PRELOAD] : []),
  ];
  const child = spawn(process.execPath, [...flags, file, ...args], {
    cwd: options.cwd ?? process.cwd(),
    // What `npm start` has set for it too: see scripts/node.sh.
    env: {
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  const exited = once(child, 'exit').finally(() => running.delete(child));
  const lines = createInterface({ input: child.stdout });
  const line = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = (text: string) => {
        const found = pattern.exec(text);
        if (!found) return;
        lines.off('line', look);
        resolve(found[1] ?? '');
      };
      lines.on('line', look);
      exited.then(() => reject(new Error(`${file} ended: ${errors}`)), reject);
    });
  const url = await line(/listening on (http:\S+)/);
  const pid = child.pid ?? 0;
  return {
    pid,
    url,
    atListening: { cpu: cpuSeconds(pid), resident: residentBytes(pid) },
    async collect() {
      const collected = line(/^(collected)$/);
      child.kill('SIGUSR2');
      await collected;
    },
    async stop() {
      // A server that takes longer has been measured all the same.
      const hurry = setTimeout(() => child.kill('SIGKILL'), 15_000);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(hurry);
    },
  };
}
