import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

interface Asked {
  id: number;
  command: string;
  input: unknown;
}
interface Told {
  id: number;
  output?: unknown;
  error?: string;
}

/** A load generator in its own process, so that the server's CPU seconds are the server's alone. */
export class Generator {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve: (output: unknown) => void; reject: (error: Error) => void }
  >();
  #last = 0;

  /** `file` is one of `bench/load/`, without its ending. */
  constructor(file: string) {
    this.#child = fork(fileURLToPath(new URL(`../load/${file}.ts`, import.meta.url)), { execArgv: [] });
    this.#child.on('message', ({ id, output, error }: Told) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(output);
      else waiting?.reject(new Error(`${file}: ${error}`));
    });
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${file} ended`));
    });
  }

  ask<T>(command: string, input?: unknown): Promise<T> {
    const id = ++this.#last;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, command, input } satisfies Asked);
    }) as Promise<T>;
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}

/** The generator's own side: answers what the bench asks, and ends with it. */
// biome-ignore lint/suspicious/noExplicitAny: each command knows its own input; both ends are in this folder.
export function generate(commands: Record<string, (input: any) => Promise<unknown>>): void {
  process.on('message', ({ id, command, input }: Asked) => {
    const work = commands[command]?.(input) ?? Promise.reject(new Error(`no command ${command}`));
    work.then(
      (output) => process.send?.({ id, output } satisfies Told),
      (error: Error) => process.send?.({ id, error: error.stack ?? String(error) } satisfies Told),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
