import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { sweepDue } from '../sweep.ts';
import type { Calls } from './service.ts';

export interface SweeperDeps {
  store: Store;
  calls: Calls;
  clock: Clock;
  /** Told of a call that could not be swept; it stays due and is tried at the next look. */
  failed: (callId: string, error: unknown) => void;
}

/**
 * Ends what is overdue. Deadlines live in storage and an expiry is a command like any other, so
 * every node may sweep: whoever comes second finds nothing to do. Answers how many changed.
 */
export const sweep = ({ store, calls, clock, failed }: SweeperDeps): Promise<number> =>
  sweepDue({
    due: (limit) => store.read.calls.due(clock.now(), limit),
    expire: async (callId) => (await calls.attempt(callId, { type: 'expire' })).changed,
    failed,
  });

/**
 * After a restart every grace begins anew: joined legs whose device is nowhere in the cluster are
 * lost from now on, however long the server was down.
 */
export async function recover({ store, calls, failed }: SweeperDeps): Promise<void> {
  const legs = await store.read.calls.boundLegs();
  for (const leg of legs) {
    const live = await store.read.devices.of(leg.userId);
    if (live.some((device) => device.id === leg.device || device.jti === leg.device)) continue;
    try {
      await calls.attempt(leg.callId, { type: 'lose', by: leg.uid, device: leg.device, anew: true });
    } catch (error) {
      failed(leg.callId, error);
    }
  }
}

/** Somebody was banned or deleted: their call goes on without them, or ends. Any node may. */
async function expel({ store, calls }: SweeperDeps, userId: number): Promise<void> {
  const call = await store.read.calls.liveOf(userId);
  const leg = call?.legs.find((one) => one.userId === userId);
  if (call && leg) await calls.attempt(call.id, { type: 'leave', by: leg.uid });
}

/** Why somebody is cut off who may be nowhere any more; others have only signed out. */
const GONE: readonly string[] = ['banned', 'removed'];
/** How often every node looks for what is overdue. */
const EVERY_MS = 500;

/** Sweeps from start to stop; the first thing it does is to look after what a killed process left. */
export class Sweeper {
  readonly #deps: SweeperDeps & { bus: Bus };
  #stop: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> = Promise.resolve();
  #busy = false;
  readonly #expelling = new Set<Promise<void>>();

  constructor(deps: SweeperDeps & { bus: Bus }) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { bus, failed } = this.#deps;
    this.#stop = bus.subscribe('cut', ({ userId, reason }) => {
      if (!GONE.includes(reason)) return;
      const expelled = expel(this.#deps, userId)
        .catch((error) => failed(`of user ${userId}`, error))
        .finally(() => this.#expelling.delete(expelled));
      this.#expelling.add(expelled);
    });
    await recover(this.#deps);
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
  }

  #look(): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#sweeping = sweep(this.#deps)
      .catch((error) => this.#deps.failed('*', error))
      .finally(() => {
        this.#busy = false;
      });
  }

  async stop(): Promise<void> {
    this.#stop?.();
    clearInterval(this.#timer);
    await Promise.all([this.#sweeping, ...this.#expelling]);
  }
}
