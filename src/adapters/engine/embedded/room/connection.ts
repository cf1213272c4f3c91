type State = 'connected' | 'disconnected' | 'failed' | 'closed';

export interface ConnectionEvents {
  /** The connection that a client waits for is up, for the first time. */
  primaryUp(): void;
  /** A connection that was up is not any more. */
  down(): void;
}

/**
 * Whether a client's two connections are up: one of them is the primary, without which it is not
 * there. Without a primary either will do.
 */
export class Connection {
  readonly #events: ConnectionEvents;
  readonly #primary: 0 | 1 | undefined;
  readonly #now: () => number;
  readonly #ever = new Set<0 | 1>();
  readonly #up = new Set<0 | 1>();
  /** Since when one that had been up is not; undefined while all is well. */
  #downSince: number | undefined;

  constructor(primary: 0 | 1 | undefined, now: () => number, events: ConnectionEvents) {
    this.#primary = primary;
    this.#now = now;
    this.#events = events;
  }

  state(target: 0 | 1, state: State): void {
    if (state === 'connected') {
      const first = !this.#ever.has(target);
      this.#ever.add(target);
      this.#up.add(target);
      if (this.#ever.size === this.#up.size) this.#downSince = undefined;
      const brings = this.#primary === undefined ? this.#ever.size === 1 : target === this.#primary;
      if (first && brings) this.#events.primaryUp();
      return;
    }
    if (!this.#up.delete(target)) return;
    const before = this.#downSince;
    this.#downSince ??= this.#now();
    if (before === undefined) this.#events.down();
  }

  /** The client is back and restarts what is down: it is given its time again. */
  resumed(): void {
    if (this.#downSince !== undefined) this.#downSince = this.#now();
  }

  get everUp(): boolean {
    return this.#ever.size > 0;
  }

  get downSince(): number | undefined {
    return this.#downSince;
  }
}
