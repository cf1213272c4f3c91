import type { Clock } from '../../ports/clock.ts';
import type { Device } from '../../ports/store/devices.ts';
import type { Store } from '../../ports/store.ts';

/** How long a node that says nothing counts as alive, and how often it says something. */
const TTL_MS = 15_000;
const RENEW_MS = 5_000;

export interface NodeLifeDeps {
  store: Store;
  clock: Clock;
  nodeId: string;
  /** Is that node certainly gone, whatever its lease says? */
  isGone: (nodeId: string) => boolean;
  failed: (what: string, error: unknown) => void;
}

export interface NodeLifeListener {
  /** These rows, of nodes that are no more, were taken away by us. */
  cleared(devices: readonly Device[]): Promise<void>;
  /** Our lease had run out: others may have taken our rows away. */
  forgotten(): Promise<void>;
}

/** Holds this node's lease and clears up after nodes that let theirs run out. */
export class NodeLife {
  readonly #deps: NodeLifeDeps;
  readonly #listener: NodeLifeListener;
  #timer: NodeJS.Timeout | undefined;
  #beat: Promise<void> | undefined;
  #renewedAt = 0;

  constructor(deps: NodeLifeDeps, listener: NodeLifeListener) {
    this.#deps = deps;
    this.#listener = listener;
  }

  async start(): Promise<void> {
    await this.#renew();
    await this.#clearGone();
    await this.#clear();
    this.#timer = setInterval(() => {
      this.#beat ??= this.#tick().finally(() => {
        this.#beat = undefined;
      });
    }, RENEW_MS);
  }

  /** Our own rows go last, with the lease. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beat;
    await this.#take(this.#deps.nodeId);
  }

  async #tick(): Promise<void> {
    const { clock, failed } = this.#deps;
    try {
      const late = clock.now() - this.#renewedAt >= TTL_MS;
      await this.#renew();
      if (late) await this.#listener.forgotten();
      await this.#clear();
    } catch (error) {
      failed('renew the lease of this node', error);
    }
  }

  async #renew(): Promise<void> {
    const { store, clock, nodeId } = this.#deps;
    const now = clock.now();
    await store.transaction((tx) => tx.leases.take(nodeId, nodeId, now, TTL_MS));
    this.#renewedAt = now;
  }

  /** Takes the nodes away whose lease has run out. */
  async #clear(): Promise<void> {
    const { store, clock } = this.#deps;
    await this.#takeAll(await store.read.devices.ofDeadNodes(clock.now()));
  }

  /** After a restart the process before us is seen to be gone long before its lease has run out. */
  async #clearGone(): Promise<void> {
    const { store, isGone } = this.#deps;
    const devices = await store.read.devices.ofDeadNodes(Number.MAX_SAFE_INTEGER);
    await this.#takeAll(devices.filter((device) => isGone(device.nodeId)));
  }

  async #takeAll(devices: readonly Device[]): Promise<void> {
    const nodes = new Set(devices.map((device) => device.nodeId));
    nodes.delete(this.#deps.nodeId);
    for (const node of nodes) await this.#take(node);
  }

  /** Of several nodes that see the same one dead, the first gets its rows. */
  async #take(node: string): Promise<void> {
    const devices = await this.#deps.store.transaction(async (tx) => {
      const gone = await tx.devices.removeOfNode(node);
      await tx.leases.drop(node, node);
      return gone;
    });
    await this.#listener.cleared(devices);
  }
}
