import type { Clock } from '../../ports/clock.ts';
import type { Budget, Counters, Tally } from '../../ports/counters.ts';

export interface MemoryCountersOptions {
  clock: Clock;
  /** Counted things at most; the one that was asked for longest ago goes first. */
  keys?: number;
}

const KEYS = 100_000;
const SWEEP_MS = 60_000;

interface Log {
  /** Oldest first; never more than the limit. */
  times: number[];
  windowMs: number;
}

/** The counters of one node: the times themselves, so that no window holds more than its limit. */
export class MemoryCounters implements Counters {
  readonly #clock: Clock;
  readonly #most: number;
  /** In the order of their last use. */
  readonly #logs = new Map<string, Log>();
  readonly #sweeping: NodeJS.Timeout;

  constructor({ clock, keys = KEYS }: MemoryCountersOptions) {
    this.#clock = clock;
    this.#most = keys;
    this.#sweeping = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  /** How many things it remembers. */
  get size(): number {
    return this.#logs.size;
  }

  async hit(key: string, budget: Budget): Promise<Tally> {
    const log = this.#logs.get(key) ?? { times: [], windowMs: 0 };
    const tally = this.#tally(log, budget);
    if (tally.room) log.times.push(this.#clock.now());
    log.windowMs = budget.windowMs;
    this.#logs.delete(key);
    this.#logs.set(key, log);
    if (this.#logs.size > this.#most) this.#logs.delete(firstOf(this.#logs));
    return { ...tally, count: log.times.length, resetAt: this.#resetAt(log, budget) };
  }

  async look(key: string, budget: Budget): Promise<Tally> {
    return this.#tally(this.#logs.get(key) ?? { times: [], windowMs: 0 }, budget);
  }

  async giveBack(key: string): Promise<void> {
    this.#logs.get(key)?.times.pop();
  }

  async forget(key: string): Promise<void> {
    this.#logs.delete(key);
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping);
    this.#logs.clear();
  }

  /** Forgets what is over; what nobody asks for again would stay for ever. */
  sweep(): void {
    for (const [key, { times, windowMs }] of this.#logs) {
      const last = times.at(-1);
      if (last === undefined || last <= this.#clock.now() - windowMs) this.#logs.delete(key);
    }
  }

  #tally(log: Log, budget: Budget): Tally {
    const { times } = log;
    const over = this.#clock.now() - budget.windowMs;
    while (times[0] !== undefined && times[0] <= over) times.shift();
    return {
      count: times.length,
      room: times.length < budget.limit,
      resetAt: this.#resetAt(log, budget),
      lastAt: times.at(-1) ?? null,
    };
  }

  #resetAt({ times }: Log, { windowMs }: Budget): number {
    const oldest = times[0];
    return oldest === undefined ? this.#clock.now() : oldest + windowMs;
  }
}

function firstOf(logs: ReadonlyMap<string, unknown>): string {
  for (const key of logs.keys()) return key;
  return '';
}
