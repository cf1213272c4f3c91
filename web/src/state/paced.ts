/** Does the same whenever it is asked to: at once, then not sooner than `gapMs` after the last time. */
export class Paced {
  readonly #work: () => void;
  readonly #gapMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;

  constructor(work: () => void, gapMs: number) {
    this.#work = work;
    this.#gapMs = gapMs;
  }

  ask = (): void => {
    this.#again = true;
    if (this.#timer === undefined) this.#do();
  };

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #do(): void {
    this.#timer = undefined;
    if (!this.#again) return;
    this.#again = false;
    this.#work();
    this.#timer = setTimeout(() => this.#do(), this.#gapMs);
  }
}
