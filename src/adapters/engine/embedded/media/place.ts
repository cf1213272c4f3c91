import type { types } from 'mediasoup';
import type { AudioLevel } from './measures.ts';
import type { MediaWorker } from './media-worker.ts';
import { ROOM_CODECS } from './room-codecs.ts';

const LEVELS = { interval: 300, threshold: -50, maxEntries: 50 } as const;

export interface PlaceEvents {
  levels(levels: readonly AudioLevel[]): void;
  /** Its worker died. */
  lost(): void;
  failed(what: string, error: unknown): void;
}

/** A room on one worker: all of it, or the part that had no room on the first. */
export class Place {
  readonly router: types.Router;
  readonly media: MediaWorker;
  readonly #events: PlaceEvents;
  #consumers = 0;
  #levels: Promise<types.AudioLevelObserver> | undefined;

  private constructor(router: types.Router, media: MediaWorker, events: PlaceEvents) {
    this.router = router;
    this.media = media;
    this.#events = events;
    media.load.rooms++;
    router.on('workerclose', () => events.lost());
    router.observer.on('close', () => {
      media.load.rooms--;
      media.load.consumers -= this.#consumers;
    });
  }

  static async open(media: MediaWorker, events: PlaceEvents): Promise<Place> {
    return new Place(await media.worker.createRouter({ mediaCodecs: ROOM_CODECS }), media, events);
  }

  get consumers(): number {
    return this.#consumers;
  }

  get closed(): boolean {
    return this.router.closed;
  }

  /** Listens to how loud this is until it ends. */
  hear(producer: types.Producer): void {
    this.#levels ??= this.#observe();
    this.#levels
      .then((observer) => (producer.closed ? undefined : observer.addProducer({ producerId: producer.id })))
      .catch((error: unknown) => {
        if (!producer.closed && !this.closed) this.#events.failed('audio levels', error);
      });
  }

  /** Counts it until it ends: where the next room goes depends on it. */
  count(consumer: types.Consumer): void {
    this.#consumers++;
    this.media.load.consumers++;
    consumer.observer.on('close', () => {
      if (this.closed) return;
      this.#consumers--;
      this.media.load.consumers--;
    });
  }

  close(): void {
    this.router.close();
  }

  /** Not before somebody speaks: a room without sound has no timer. */
  async #observe(): Promise<types.AudioLevelObserver> {
    const observer = await this.router.createAudioLevelObserver(LEVELS);
    observer.on('volumes', (volumes) =>
      this.#events.levels(volumes.map(({ producer, volume }) => ({ source: producer.id, dBov: volume }))),
    );
    observer.on('silence', () => this.#events.levels([]));
    return observer;
  }
}
