/** Does the same from `start` to `stop`, again and again; never while it is still under way. */
export class Regularly {
  readonly #everyMs: number;
  readonly #work: () => Promise<unknown>;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #busy: Promise<unknown> | undefined;

  constructor(everyMs: number, work: () => Promise<unknown>, failed: (error: unknown) => void) {
    this.#everyMs = everyMs;
    this.#work = work;
    this.#failed = failed;
  }

  start(): void {
    this.#timer = setInterval(() => this.now(), this.#everyMs);
  }

  /** Not only when its time has come. */
  now(): void {
    this.#busy ??= this.#work()
      .catch(this.#failed)
      .finally(() => {
        this.#busy = undefined;
      });
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }
}
