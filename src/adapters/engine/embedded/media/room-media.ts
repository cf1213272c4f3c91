import { ParleyError } from '../../../../core/errors.ts';
import { LevelsOfPlaces } from './levels-of-places.ts';
import type { MediaWorker } from './media-worker.ts';
import { PlacedPeer } from './peer.ts';
import { Place } from './place.ts';
import { placeFor } from './placement.ts';
import type { PlaneOptions } from './plane-options.ts';
import type { ConnectHow, Peer, PeerEvents, RoomMedia, RoomMediaEvents } from './types.ts';
import type { WorkerPool } from './worker-pool.ts';

/** The room on one worker, from the moment somebody is to come there. */
interface Part {
  readonly media: MediaWorker;
  readonly place: Promise<Place>;
  /** What `place` became. */
  opened?: Place;
  clients: number;
  /** To them; none before it is open. */
  readonly streams: number;
}

/** One room, on one worker until many are in it. */
export class PlacedRoom implements RoomMedia {
  readonly #pool: WorkerPool;
  readonly #options: PlaneOptions;
  readonly #heard: RoomMediaEvents;
  readonly #levels: LevelsOfPlaces;
  readonly #parts = new Map<MediaWorker, Part>();
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
    await room.#add(first).place;
    return room;
  }

  async connect(events: PeerEvents, how: ConnectHow = {}): Promise<Peer> {
    const part = this.#choose();
    // At once, so that those who come at the same moment do not all go to the same worker.
    const leave = this.#come(part);
    try {
      const peer = await PlacedPeer.open(await part.place, events, this.#options, how);
      peer.onClosed(leave);
      if (this.#over) peer.close();
      return peer;
    } catch (error) {
      leave();
      throw this.#over || part.media.worker.closed ? new ParleyError('unavailable', 'unavailable') : error;
    }
  }

  close(): void {
    this.#over = true;
    this.#levels.close();
    for (const part of this.#parts.values()) this.#end(part);
  }

  #choose(): Part {
    const media = placeFor(this.#parts.values(), this.#pool.workers, this.#options.crowd);
    if (this.#over || !media) throw new ParleyError('unavailable', 'unavailable');
    return this.#parts.get(media) ?? this.#add(media);
  }

  #come(part: Part): () => void {
    part.clients++;
    part.media.load.clients++;
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      part.clients--;
      part.media.load.clients--;
      if (part.clients === 0 && this.#parts.size > 1) this.#end(part);
    };
  }

  #add(media: MediaWorker): Part {
    const part: Part = {
      media,
      place: this.#open(media),
      clients: 0,
      get streams() {
        return this.opened?.consumers ?? 0;
      },
    };
    this.#parts.set(media, part);
    part.place.then(
      (place) => {
        part.opened = place;
      },
      () => this.#parts.delete(media),
    );
    return part;
  }

  async #open(media: MediaWorker): Promise<Place> {
    const place: Place = await Place.open(media, {
      levels: (levels) => this.#levels.heard(place, levels),
      lost: () => this.#lost(),
      failed: this.#options.failed,
    });
    if (this.#over) {
      place.close();
      throw new ParleyError('unavailable', 'unavailable');
    }
    return place;
  }

  #end({ media, place, opened }: Part): void {
    this.#parts.delete(media);
    if (opened) this.#close(opened);
    // Whoever wanted to come there hears it when it could not be opened.
    else
      place.then(
        (late) => this.#close(late),
        () => {},
      );
  }

  #close(place: Place): void {
    this.#levels.gone(place);
    place.close();
  }

  #lost(): void {
    if (this.#over) return;
    this.close();
    this.#heard.lost();
  }
}
