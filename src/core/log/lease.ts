import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';

export interface LeaseDeps {
  store: Store;
  clock: Clock;
  /** This process: any word nobody else has. */
  nodeId: string;
  /** Is that process certainly gone, whatever its lease says? */
  isGone: (nodeId: string) => boolean;
}

/** The right to do something alone for a while; renewed in good time by whoever asks for it again. */
export class Lease {
  readonly #deps: LeaseDeps;
  readonly #name: string;
  readonly #ttlMs: number;
  #until = 0;

  constructor(deps: LeaseDeps, name: string, ttlMs: number) {
    this.#deps = deps;
    this.#name = name;
    this.#ttlMs = ttlMs;
  }

  /** True while it is this process's, for half of its time at least. */
  async held(): Promise<boolean> {
    const { store, clock, nodeId, isGone } = this.#deps;
    const now = clock.now();
    if (this.#until - now > this.#ttlMs / 2) return true;
    const taken = await store.transaction(async ({ leases }) => {
      const take = () => leases.take(this.#name, nodeId, now, this.#ttlMs);
      if (await take()) return true;
      const holder = await leases.holderOf(this.#name);
      if (holder === undefined || !isGone(holder)) return false;
      await leases.drop(this.#name, holder);
      return take();
    });
    this.#until = taken ? now + this.#ttlMs : 0;
    return taken;
  }

  async drop(): Promise<void> {
    if (this.#until === 0) return;
    this.#until = 0;
    await this.#deps.store.transaction((tx) => tx.leases.drop(this.#name, this.#deps.nodeId));
  }
}
