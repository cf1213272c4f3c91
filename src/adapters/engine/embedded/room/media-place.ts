import type { MediaPlane, RoomMedia, RoomMediaEvents } from '../media/types.ts';

/** Where a room's media is: taken at the first join, and anew when its worker has died. */
export class MediaPlace {
  readonly #plane: MediaPlane;
  readonly #name: string;
  readonly #events: RoomMediaEvents;
  #opening: Promise<RoomMedia> | undefined;
  #closed = false;

  constructor(plane: MediaPlane, name: string, events: RoomMediaEvents) {
    this.#plane = plane;
    this.#name = name;
    this.#events = events;
  }

  /** Throws `unavailable` when no worker can take it. */
  open(): Promise<RoomMedia> {
    this.#opening ??= this.#take();
    return this.#opening;
  }

  async #take(): Promise<RoomMedia> {
    const lost = () => {
      this.#opening = undefined;
      this.#events.lost();
    };
    try {
      const media = await this.#plane.openRoom(this.#name, { ...this.#events, lost });
      if (this.#closed) media.close();
      return media;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    // A place that could not be taken has nothing to give back; whoever asked for it was told.
    const media = await this.#opening?.catch(() => undefined);
    media?.close();
  }
}
