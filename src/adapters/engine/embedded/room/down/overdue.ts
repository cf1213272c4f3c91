/** Things that must come within a while, all within the same: one timer for all of them. */
export class Overdue {
  readonly #patienceMs: number;
  /** In the order of their deadlines, for all wait equally long. */
  readonly #due = new Map<string, { at: number; late: () => void }>();
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(patienceMs: number, now: () => number) {
    this.#patienceMs = patienceMs;
    this.#now = now;
  }

  get size(): number {
    return this.#due.size;
  }

  /** Waits anew when it is waited for already. */
  wait(key: string, late: () => void): void {
    this.#due.delete(key);
    this.#due.set(key, { at: this.#now() + this.#patienceMs, late });
    this.#timer ??= setTimeout(() => this.#look(), this.#patienceMs).unref();
  }

  came(key: string): void {
    this.#due.delete(key);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due.clear();
  }

  #look(): void {
    this.#timer = undefined;
    const now = this.#now();
    for (const [key, { at, late }] of [...this.#due]) {
      if (at > now) {
        this.#timer ??= setTimeout(() => this.#look(), at - now).unref();
        return;
      }
      this.#due.delete(key);
      late();
    }
  }
}
