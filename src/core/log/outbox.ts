import type { Bus } from '../../ports/bus.ts';
import type { HttpPost } from '../../ports/http-post.ts';
import type { Webhook } from '../../ports/store/webhooks.ts';
import { Lease, type LeaseDeps } from './lease.ts';
import { workOff } from './queue.ts';

/** How often the process looks by itself: for repeats that are due, and when the bus was silent. */
const LOOK_MS = 500;
/** Longer than a delivery may take, so that nobody else begins while one is under way. */
const TTL_MS = 30_000;
/** How long a stop waits for endpoints that do not answer. */
const GOODBYE_MS = 3_000;

export interface OutboxDeps extends LeaseDeps {
  bus: Bus;
  http: HttpPost;
  failed: (what: string, error: unknown) => void;
}

/**
 * Sends the log to the webhooks: at least once, in order, each endpoint in its own queue so that one
 * that fails holds up nobody else. One process at a time, by lease; where it stopped is in storage.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #lease: Lease;
  /** The queues that are being worked off, by webhook. */
  readonly #working = new Map<string, Promise<void>>();
  /** The end of the log when each queue was worked off last: until it grows there is nothing new in it. */
  readonly #seen = new Map<string, { last: number; cursor: number }>();
  readonly #givenUp = new AbortController();
  #leave: (() => void) | undefined;
  #every: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.#lease = new Lease(deps, 'outbox', TTL_MS);
  }

  start(): void {
    this.#leave = this.#deps.bus.subscribe('sequenced', () => this.#wake());
    this.#every = setInterval(() => this.#wake(), LOOK_MS);
    this.#wake();
  }

  /** Waits a little for what is being sent; the rest is sent after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#leave?.();
    clearInterval(this.#every);
    const patience = setTimeout(() => this.#givenUp.abort(), GOODBYE_MS);
    await this.#looking;
    await Promise.all(this.#working.values());
    clearTimeout(patience);
    await this.#lease.drop();
  }

  /** Begins every queue that has something due and is not being worked off; resolves when all are done. */
  async deliver(): Promise<void> {
    await this.#begin();
    await Promise.all(this.#working.values());
  }

  async #begin(): Promise<void> {
    const { store, clock } = this.#deps;
    const webhooks = await store.read.webhooks.list();
    if (webhooks.length === 0) return;
    const last = await store.read.events.lastPosition();
    const due = webhooks.filter(
      (webhook) =>
        webhook.nextAt <= clock.now() && !this.#working.has(webhook.id) && this.#hasNew(webhook, last),
    );
    if (due.length === 0 || !(await this.#mayGoOn())) return;
    for (const webhook of due) this.#work(webhook.id, last);
  }

  /** A failed delivery is always due again; otherwise a queue that was seen to its end has nothing. */
  #hasNew({ id, cursor, attempts }: Webhook, last: number): boolean {
    const seen = this.#seen.get(id);
    const known = seen?.cursor === cursor && attempts === 0 ? seen.last : cursor;
    return known < last;
  }

  #work(id: string, last: number): void {
    const deps = { ...this.#deps, mayGoOn: () => this.#mayGoOn(), givenUp: this.#givenUp.signal };
    const work = workOff(deps, id)
      .then((end) => {
        // Whoever moved the cursor meanwhile, or stopped, has left something to be seen.
        if (end === undefined) this.#seen.delete(id);
        else this.#seen.set(id, { last, cursor: end });
      })
      .catch((error) => this.#deps.failed(`deliver to webhook ${id}`, error))
      .finally(() => this.#working.delete(id));
    this.#working.set(id, work);
  }

  async #mayGoOn(): Promise<boolean> {
    return !this.#stopped && (await this.#lease.held());
  }

  /** One look at a time; what happens during one is seen by another right after it. */
  #wake(): void {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = this.#begin()
      .catch((error) => this.#deps.failed('look after webhooks', error))
      .finally(() => {
        this.#looking = undefined;
        if (this.#again && !this.#stopped) {
          this.#again = false;
          this.#wake();
        }
      });
  }
}
