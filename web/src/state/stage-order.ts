import { Speakers } from './speakers.ts';
import { Store } from './store.ts';
import { bringForward, keepOrder } from './tile-order.ts';

export interface StageState {
  /** Keys of the tiles, in the order of their places. */
  order: readonly string[];
  /** Whose tile is large in the speaker view. */
  speaker: string | undefined;
}

/** While anybody speaks it is looked again this often, for a second of speech is no event. */
const LOOK_MS = 500;

/** Where everybody's tile is on a stage. Oneself is never moved and never large. */
export class StageOrder extends Store<StageState> {
  readonly #speakers = new Speakers();
  #speaking: readonly string[] = [];
  #self = '';
  #capacity = 1;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super({ order: [], speaker: undefined });
  }

  /** Who is there now. */
  present(keys: readonly string[], self: string): void {
    this.#self = self;
    this.#speakers.keep(keys);
    this.#take(keepOrder(this.get().order, keys));
  }

  /** How many tiles the first page holds. */
  holds(capacity: number): void {
    this.#capacity = capacity;
  }

  /** Who is heard now, loudest first. */
  heard(keys: readonly string[]): void {
    this.#speaking = keys.filter((key) => key !== this.#self);
    this.#look();
    if (this.#speaking.length > 0) this.#timer ??= setInterval(() => this.#look(), LOOK_MS);
    else this.#rest();
  }

  close(): void {
    this.#rest();
  }

  #look(): void {
    const now = Date.now();
    let { order } = this.get();
    for (const key of this.#speakers.heard(this.#speaking, now)) {
      order = bringForward(order, key, this.#capacity, this.#speakers.spoke, now, new Set([this.#self]));
    }
    this.#take(order);
  }

  #take(order: readonly string[]): void {
    const speaker = this.#speakers.main;
    const now = this.get();
    if (order !== now.order || speaker !== now.speaker) this.set({ order, speaker });
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
