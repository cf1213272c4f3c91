import type { Clock } from '../../ports/clock.ts';
import type { Budget, Counters } from '../../ports/counters.ts';
import { ParleyError } from '../errors.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Wrong passwords for one account from one address; each after the free ones waits twice as long. */
const PAIR: Budget = { limit: 20, windowMs: 15 * MINUTE_MS };
const FREE = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * MINUTE_MS;
/** Wrong passwords for one account from all addresses that it has not been signed in from lately. */
const ACCOUNT: Budget = { limit: 100, windowMs: 15 * MINUTE_MS };
const FAMILIAR: Budget = { limit: 1, windowMs: 30 * DAY_MS };

/** Which account is tried, and from where. */
export interface Attempt {
  /** The same for every name of one account; also of an account that is not there. */
  account: string;
  address: string;
}

/**
 * Slows guessing down, and nobody else: what somebody does elsewhere to an account delays strangers to
 * it, never an address its owner has signed in from.
 */
export class LoginGuard {
  readonly #counters: Counters;
  readonly #clock: Clock;

  constructor({ counters, clock }: { counters: Counters; clock: Clock }) {
    this.#counters = counters;
    this.#clock = clock;
  }

  /**
   * Counts as a failure until `succeeded` says otherwise, so that guesses side by side see each other.
   * Throws `limit` with `retryAfter`; such an attempt does not count.
   */
  async begin(attempt: Attempt): Promise<void> {
    const { pair, account, familiar } = keysOf(attempt);
    const tally = await this.#counters.hit(pair, PAIR);
    const now = this.#clock.now();
    if (!tally.room) throw wait(tally.resetAt - now);
    const until = (tally.lastAt ?? 0) + waitAfter(tally.count - 1);
    if (now < until) {
      await this.#counters.giveBack(pair);
      throw wait(until - now);
    }
    if ((await this.#counters.look(familiar, FAMILIAR)).count > 0) return;
    const all = await this.#counters.hit(account, ACCOUNT);
    if (all.room) return;
    await this.#counters.giveBack(pair);
    throw wait(all.resetAt - now);
  }

  async succeeded(attempt: Attempt): Promise<void> {
    const { pair, account, familiar } = keysOf(attempt);
    await this.#counters.forget(pair);
    const known = await this.#counters.look(familiar, FAMILIAR);
    if (known.count === 0) await this.#counters.giveBack(account);
    // Anew, so that it is the last time that counts.
    await this.#counters.forget(familiar);
    await this.#counters.hit(familiar, FAMILIAR);
  }
}

const keysOf = ({ account, address }: Attempt) => ({
  pair: `login:${account}:${address}`,
  account: `login:${account}`,
  familiar: `login:${account}:${address}:familiar`,
});

const waitAfter = (failures: number): number =>
  failures < FREE ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE));

const wait = (ms: number) =>
  new ParleyError('limit', 'auth.slow_down', { retryAfter: Math.max(1, Math.ceil(ms / 1000)) });
