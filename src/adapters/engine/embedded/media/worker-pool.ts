import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { ParleyError } from '../../../../core/errors.ts';
import { type MediaWorker, startWorker } from './media-worker.ts';
import type { PlaneOptions } from './plane-options.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;

/** The processes that carry media. One that dies is replaced; what it carried is gone. */
export class WorkerPool {
  readonly #options: PlaneOptions;
  /** By their index, which is their port; undefined while one is being replaced. */
  readonly #places: (MediaWorker | undefined)[] = [];
  readonly #closing = new AbortController();

  private constructor(options: PlaneOptions) {
    this.#options = options;
  }

  /** Throws when not all of them can start. */
  static async open(options: PlaneOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const count = options.workers ?? availableParallelism();
    const started = await Promise.allSettled(
      Array.from({ length: count }, async (_, index) => pool.#take(index, await startWorker(options, index))),
    );
    const failed = started.find((each) => each.status === 'rejected');
    if (failed) {
      pool.close();
      throw failed.reason;
    }
    return pool;
  }

  get workers(): MediaWorker[] {
    return this.#places.filter((each) => each !== undefined && !each.worker.closed) as MediaWorker[];
  }

  /** The one with the least to do. Throws `unavailable` when there is none. */
  leastLoaded(): MediaWorker {
    const load = (each: MediaWorker) => each.load.consumers * 1000 + each.load.rooms;
    const [least] = this.workers.sort((a, b) => load(a) - load(b));
    if (!least) throw new ParleyError('unavailable', 'unavailable');
    return least;
  }

  close(): void {
    this.#closing.abort();
    for (const each of this.#places) each?.worker.close();
  }

  #take(index: number, media: MediaWorker): void {
    if (this.#closing.signal.aborted) {
      media.worker.close();
      return;
    }
    this.#places[index] = media;
    media.worker.once('died', (error) => {
      this.#places[index] = undefined;
      this.#options.failed(`keep media worker ${media.worker.pid} running`, error);
      void this.#replace(index);
    });
  }

  async #replace(index: number): Promise<void> {
    const { signal } = this.#closing;
    for (let wait = 0; !signal.aborted; wait = Math.min(Math.max(wait * 2, FIRST_WAIT_MS), LONGEST_WAIT_MS)) {
      try {
        if (wait > 0) await delay(wait, undefined, { signal });
        this.#take(index, await startWorker(this.#options, index));
        return;
      } catch (error) {
        if (!signal.aborted) this.#options.failed('start a media worker', error);
      }
    }
  }
}
