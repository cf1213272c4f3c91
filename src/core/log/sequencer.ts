import type { Bus } from '../../ports/bus.ts';
import { Lease, type LeaseDeps } from './lease.ts';

/** Events that are committed within this time share a transaction. */
const TOGETHER_MS = 25;
/** How often a process looks by itself: when the bus was silent, or whoever held the lease has died. */
const LOOK_MS = 1000;
const TTL_MS = 5000;
const BATCH = 500;

export interface SequencerDeps extends LeaseDeps {
  bus: Bus;
  failed: (what: string, error: unknown) => void;
}

/**
 * Gives committed events their one order over all subjects, a moment after the commit: a counter in
 * the transactions themselves would make them queue. One process at a time does it, by lease; two
 * that believe to have it still take turns in the database.
 */
export class Sequencer {
  readonly #deps: SequencerDeps;
  readonly #lease: Lease;
  #leave: (() => void) | undefined;
  #every: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** Another process had the lease: until the next look of our own the work is theirs. */
  #theirs = false;

  constructor(deps: SequencerDeps) {
    this.#deps = deps;
    this.#lease = new Lease(deps, 'sequencer', TTL_MS);
  }

  start(): void {
    this.#leave = this.#deps.bus.subscribe('committed', () => {
      if (!this.#theirs) this.#wake();
    });
    this.#every = setInterval(() => {
      this.#theirs = false;
      this.#wake();
    }, LOOK_MS);
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#leave?.();
    clearInterval(this.#every);
    clearTimeout(this.#soon);
    await this.#running;
    await this.#lease.drop();
  }

  /** Gives positions to all that wait for one, if it is this process's turn; how many it gave. */
  async sequence(): Promise<number> {
    const { store, bus } = this.#deps;
    if (!(await store.read.events.unsequenced())) return 0;
    let total = 0;
    for (let count = BATCH; count === BATCH; ) {
      if (!(await this.#lease.held())) {
        this.#theirs = true;
        break;
      }
      const done = await store.transaction(async (tx) => ({
        count: await tx.events.sequence(BATCH),
        last: await tx.events.lastPosition(),
      }));
      count = done.count;
      total += count;
      if (count > 0) bus.publish('sequenced', { last: done.last });
    }
    return total;
  }

  #wake(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      // What is committed while we are at it may come too late for this round, so another follows.
      if (this.#running) this.#wake();
      else this.#run();
    }, TOGETHER_MS);
  }

  #run(): void {
    this.#running = this.sequence()
      .then(
        () => undefined,
        (error) => this.#deps.failed('give events their order', error),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }
}
