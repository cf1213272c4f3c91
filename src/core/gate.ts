import { ParleyError } from './errors.ts';

export interface GateRules {
  /** Under way at once. */
  atOnce: number;
  /** Waiting for their turn; whoever comes when so many wait is refused. */
  waiting: number;
}

/** Lets costly work through a little at a time, in the order it came. */
export class Gate {
  readonly #rules: GateRules;
  readonly #queue: (() => void)[] = [];
  #running = 0;

  constructor(rules: GateRules) {
    this.#rules = rules;
  }

  /** Throws `unavailable`, at once, when too many wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#rules.atOnce) await this.#turn();
    else this.#running += 1;
    try {
      return await work();
    } finally {
      // Whoever is next takes the place over: nobody slips in between.
      const next = this.#queue.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #turn(): Promise<void> {
    if (this.#queue.length >= this.#rules.waiting) {
      throw new ParleyError('unavailable', 'unavailable', { retryAfter: 2 });
    }
    return new Promise((resolve) => this.#queue.push(resolve));
  }
}
