import type { WebhookEvent } from '@livekit/protocol';

/** Delivers one event; false when it will never arrive. */
export type Deliver = (event: WebhookEvent) => Promise<boolean>;

export interface QueueOptions {
  readonly deliver: Deliver;
  /** Rooms that are served at the same time. */
  readonly atOnce: number;
  /** Events that may wait; further ones are dropped. */
  readonly waiting: number;
  readonly dropped: (event: WebhookEvent) => void;
}

/**
 * Events on their way to one address: each room's one after the other, rooms beside each other. An
 * event says how many before it were dropped, as LiveKit's does.
 */
export class EventQueue {
  readonly #options: QueueOptions;
  /** By room, the first of each being delivered. Rooms come in the order of their first event. */
  readonly #rooms = new Map<string, WebhookEvent[]>();
  readonly #busy = new Set<string>();
  #waiting = 0;
  #dropped = 0;
  #closed = false;
  #idle: (() => void) | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  push(event: WebhookEvent): void {
    if (this.#closed || this.#waiting >= this.#options.waiting) {
      this.#lost(event);
      return;
    }
    const room = keyOf(event);
    const queue = this.#rooms.get(room);
    if (queue) queue.push(event);
    else this.#rooms.set(room, [event]);
    this.#waiting += 1;
    this.#work();
  }

  /** Takes no more; answers when what waits has been delivered or given up. */
  close(): Promise<void> {
    this.#closed = true;
    if (this.#waiting === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }

  #work(): void {
    for (const room of this.#rooms.keys()) {
      if (this.#busy.size >= this.#options.atOnce) return;
      if (this.#busy.has(room)) continue;
      this.#busy.add(room);
      void this.#drain(room);
    }
  }

  async #drain(room: string): Promise<void> {
    const queue = this.#rooms.get(room) ?? [];
    for (let event = queue[0]; event; event = queue[0]) {
      event.numDropped = this.#dropped;
      this.#dropped = 0;
      if (!(await this.#options.deliver(event))) this.#lost(event);
      queue.shift();
      this.#waiting -= 1;
    }
    this.#rooms.delete(room);
    this.#busy.delete(room);
    this.#work();
    if (this.#waiting === 0) this.#idle?.();
  }

  #lost(event: WebhookEvent): void {
    this.#dropped += 1 + event.numDropped;
    this.#options.dropped(event);
  }
}

const keyOf = (event: WebhookEvent): string => event.room?.name ?? '';
