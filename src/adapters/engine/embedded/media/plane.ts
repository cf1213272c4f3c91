import { ParleyError } from '../../../../core/errors.ts';
import type { PlaneOptions } from './plane-options.ts';
import { PlacedRoom } from './room-media.ts';
import type { MediaPlane, RoomMedia, RoomMediaEvents, WorkerLoad } from './types.ts';
import { WorkerPool } from './worker-pool.ts';

/** Starts the media workers. Throws when one of them cannot start, or cannot have its port. */
export async function openPlane(options: PlaneOptions): Promise<MediaPlane> {
  return new WorkerPlane(await WorkerPool.open(options), options);
}

class WorkerPlane implements MediaPlane {
  readonly mapsNumbers: boolean;
  readonly #pool: WorkerPool;
  readonly #options: PlaneOptions;

  constructor(pool: WorkerPool, options: PlaneOptions) {
    this.#pool = pool;
    this.#options = options;
    this.mapsNumbers = options.mapsNumbers ?? false;
  }

  async openRoom(_name: string, heard: RoomMediaEvents): Promise<RoomMedia> {
    const picked = this.#pool.leastLoaded();
    try {
      return await PlacedRoom.open(picked, this.#pool, this.#options, heard);
    } catch (error) {
      // It died while it was asked.
      throw picked.worker.closed ? new ParleyError('unavailable', 'unavailable') : error;
    }
  }

  load = (): Promise<WorkerLoad[]> =>
    Promise.all(
      this.#pool.workers.map(async ({ worker, load }) => {
        const { ru_utime, ru_stime } = await worker.getResourceUsage();
        const { rooms, consumers } = load;
        return { pid: worker.pid, cpuS: (ru_utime + ru_stime) / 1000, rooms, consumers };
      }),
    );

  async close(): Promise<void> {
    this.#pool.close();
  }
}
