import { ParleyError } from '../../../../core/errors.ts';
import { LevelsOfPlaces } from './levels-of-places.ts';
import type { MediaWorker } from './media-worker.ts';
import { PlacedPeer } from './peer.ts';
import { Place } from './place.ts';
import type { PlaneOptions } from './plane-options.ts';
import type { ConnectHow, Peer, PeerEvents, RoomMedia, RoomMediaEvents } from './types.ts';
import type { WorkerPool } from './worker-pool.ts';

/** Consumers of one room on one worker; whoever comes next is placed on another. */
const FULL = 400;

/** One room, on one worker until it is large. */
export class PlacedRoom implements RoomMedia {
  readonly #pool: WorkerPool;
  readonly #options: PlaneOptions;
  readonly #heard: RoomMediaEvents;
  readonly #levels: LevelsOfPlaces;
  readonly #places: Place[] = [];
  /** So that two who come at once do not both open a further place. */
  #opening: Promise<Place> | undefined;
  #over = false;

  private constructor(pool: WorkerPool, options: PlaneOptions, heard: RoomMediaEvents) {
    this.#pool = pool;
    this.#options = options;
    this.#heard = heard;
    this.#levels = new LevelsOfPlaces((levels) => this.#heard.levels(levels));
  }

  static async open(
    first: MediaWorker,
    pool: WorkerPool,
    options: PlaneOptions,
    heard: RoomMediaEvents,
  ): Promise<PlacedRoom> {
    const room = new PlacedRoom(pool, options, heard);
    await room.#add(first);
    return room;
  }

  async connect(events: PeerEvents, how: ConnectHow = {}): Promise<Peer> {
    const place = await this.#choose();
    try {
      const peer = await PlacedPeer.open(place, events, this.#options, how);
      if (this.#over) peer.close();
      return peer;
    } catch (error) {
      throw this.#over || place.closed ? new ParleyError('unavailable', 'unavailable') : error;
    }
  }

  close(): void {
    this.#over = true;
    this.#levels.close();
    for (const place of this.#places) place.close();
  }

  async #choose(): Promise<Place> {
    const [least] = this.#places.toSorted((a, b) => a.consumers - b.consumers);
    if (this.#over || !least) throw new ParleyError('unavailable', 'unavailable');
    if (least.consumers < (this.#options.consumersOfRoom ?? FULL)) return least;
    const next = this.#pool.leastLoaded(this.#places.map(({ media }) => media));
    if (!next) return least;
    this.#opening ??= this.#add(next).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #add(media: MediaWorker): Promise<Place> {
    const place: Place = await Place.open(media, {
      levels: (levels) => this.#levels.heard(place, levels),
      lost: () => this.#lost(),
      failed: this.#options.failed,
    });
    if (this.#over) {
      place.close();
      throw new ParleyError('unavailable', 'unavailable');
    }
    this.#places.push(place);
    return place;
  }

  #lost(): void {
    if (this.#over) return;
    this.close();
    this.#heard.lost();
  }
}
