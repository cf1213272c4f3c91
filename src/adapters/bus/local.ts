import type { Bus, BusTopics } from '../../ports/bus.ts';

type Topic = keyof BusTopics;
type Listener = (message: never) => unknown;

/**
 * The bus of one node. A message has reached its listeners when `publish` returns, unless it was
 * published by a listener: then it follows the one that is being delivered, so that everybody hears
 * the same order.
 */
export class LocalBus implements Bus {
  readonly #listeners = new Map<Topic, Set<Listener>>();
  readonly #failed: (topic: string, error: unknown) => void;
  readonly #queue: { topic: Topic; message: unknown }[] = [];
  #delivering = false;

  /** `failed` is told of a listener that threw; the others hear the message all the same. */
  constructor(failed: (topic: string, error: unknown) => void) {
    this.#failed = failed;
  }

  publish<T extends Topic>(topic: T, message: BusTopics[T]): void {
    this.#queue.push({ topic, message });
    if (this.#delivering) return;
    this.#delivering = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) this.#deliver(next);
    this.#delivering = false;
  }

  subscribe<T extends Topic>(topic: T, listener: (message: BusTopics[T]) => void): () => void {
    const set = this.#listeners.get(topic) ?? new Set();
    // A function of its own each time: who subscribes twice hears twice, and leaves once.
    const own: Listener = (message) => listener(message);
    this.#listeners.set(topic, set.add(own));
    return () => set.delete(own);
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  #deliver({ topic, message }: { topic: Topic; message: unknown }): void {
    for (const listener of this.#listeners.get(topic) ?? []) {
      try {
        const result = (listener as (message: unknown) => unknown)(message);
        if (result instanceof Promise) result.catch((error) => this.#failed(topic, error));
      } catch (error) {
        this.#failed(topic, error);
      }
    }
  }
}
