import type { Call, CallChange } from '../../src/core/calls/index.ts';
import { Calls } from '../../src/core/calls/index.ts';
import { recover, sweep } from '../../src/core/calls/sweeper.ts';
import { callPolicy } from '../../src/core/policy.ts';
import type { User } from '../../src/core/users/user.ts';
import type { Bus } from '../../src/ports/bus.ts';
import type { Store } from '../../src/ports/store.ts';

export const RULES = { ringMs: 45_000, graceMs: 20_000, maxMs: 14_400_000, meshLimit: 4, roomLimit: 0 };

/** The fault a step may meet: the process dies before the commit, or after it and before anybody hears. */
export type Fault = 'none' | 'before commit' | 'after commit';

/** A kill that the model asked for; everything else that is thrown is a finding. */
export class Killed extends Error {}

/** A server's calls on a real store under a hand-turned clock, with sockets that are rows and nothing more. */
export class World {
  now = 1_000_000;
  fault: Fault = 'none';
  calls: Calls;
  /** What the nodes were told, to hold it against what is stored. */
  readonly changes: CallChange[] = [];
  readonly ids: string[] = [];
  /** Versions of calls whose log has been read. */
  readonly checked = new Map<string, number>();
  /** Live sockets: device id -> whose. */
  readonly sockets = new Map<string, User>();
  readonly store: Store;
  readonly users: readonly User[];

  constructor(store: Store, users: readonly User[]) {
    this.store = store;
    this.users = users;
    this.calls = this.#make();
  }

  #make(): Calls {
    const publish: Bus['publish'] = (topic, message) => {
      if (topic === 'call') this.changes.push(message as CallChange);
    };
    const bus: Bus = { publish, subscribe: () => () => {}, ping: async () => {}, close: async () => {} };
    const store: Store = {
      read: this.store.read,
      ping: () => this.store.ping(),
      close: () => this.store.close(),
      transaction: async (work) => {
        const result = await this.store.transaction(async (tx) => {
          const value = await work(tx);
          if (this.fault === 'before commit') throw new Killed();
          return value;
        });
        if (this.fault === 'after commit') throw new Killed();
        return result;
      },
    };
    return new Calls({
      store,
      bus,
      clock: { now: () => this.now },
      rules: RULES,
      policy: callPolicy('anyone'),
    });
  }

  /** What a kill and a new start do: sockets are gone, graces begin anew. */
  async restart(): Promise<void> {
    this.fault = 'none';
    this.sockets.clear();
    this.calls = this.#make();
    await this.store.transaction((tx) => tx.devices.removeOfNode('model'));
    await recover(this.#sweeperDeps());
  }

  async sweep(): Promise<void> {
    await sweep(this.#sweeperDeps());
  }

  #sweeperDeps() {
    const failed = (_: string, error: unknown) => {
      throw error;
    };
    return { store: this.store, calls: this.calls, clock: { now: () => this.now }, failed };
  }

  /** A socket comes: its row, then whatever its person's call wants of it, as presence does. */
  async connect(user: User, device: string): Promise<void> {
    if (this.sockets.has(device)) return;
    this.sockets.set(device, user);
    await this.store.transaction((tx) =>
      tx.devices.add({
        id: device,
        userId: user.id,
        nodeId: 'model',
        jti: null,
        userAgent: '',
        connectedAt: this.now,
      }),
    );
    const call = await this.store.read.calls.liveOf(user.id);
    const leg = call?.legs.find((own) => own.userId === user.id);
    if (!call || !leg) return;
    if (leg.state === 'invited') await this.calls.command(call.id, { type: 'ring', by: user.uid });
    if (leg.state === 'joined' && leg.device === device) {
      await this.calls.command(call.id, { type: 'bind', by: user.uid, device });
    }
  }

  /** A socket goes, by itself or because the network did. */
  async disconnect(device: string): Promise<void> {
    const user = this.sockets.get(device);
    if (!user) return;
    this.sockets.delete(device);
    await this.store.transaction((tx) => tx.devices.remove(user.id, device, 'model'));
    const call = await this.store.read.calls.liveOf(user.id);
    if (call) await this.calls.command(call.id, { type: 'lose', by: user.uid, device });
  }

  async all(): Promise<Call[]> {
    const calls = await Promise.all(this.ids.map((id) => this.store.read.calls.get(id)));
    return calls.filter((call) => call !== undefined);
  }
}
