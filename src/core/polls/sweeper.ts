import type { Polls } from './polls.ts';

/** How often every node looks for counts that are to be told. */
const EVERY_MS = 500;

/** Tells how votes fell, from start to stop; what a killed node left is told by another. */
export class PollsSweeper {
  readonly #polls: Pick<Polls, 'sweep'>;
  readonly #failed: (what: string, error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<unknown> | undefined;

  constructor(polls: Pick<Polls, 'sweep'>, failed: (what: string, error: unknown) => void) {
    this.#polls = polls;
    this.#failed = failed;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  /** Not while the same is still under way. */
  #look(): void {
    this.#busy ??= this.#polls
      .sweep()
      .catch((error) => this.#failed('sweep polls', error))
      .finally(() => {
        this.#busy = undefined;
      });
  }
}
