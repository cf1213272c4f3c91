import type { Bus, BusTopics } from '../../ports/bus.ts';

type Listener = (message: never) => void;

/** The bus of one node: messages reach its listeners in order, after the publisher has gone on. */
export class LocalBus implements Bus {
  readonly #listeners = new Map<keyof BusTopics, Set<Listener>>();
  readonly #failed: (topic: string, error: unknown) => void;

  /** `failed` is told of a listener that threw; the others hear the message all the same. */
  constructor(failed: (topic: string, error: unknown) => void) {
    this.#failed = failed;
  }

  publish<T extends keyof BusTopics>(topic: T, message: BusTopics[T]): void {
    for (const listener of this.#listeners.get(topic) ?? []) {
      try {
        (listener as (message: BusTopics[T]) => void)(message);
      } catch (error) {
        this.#failed(topic, error);
      }
    }
  }

  subscribe<T extends keyof BusTopics>(topic: T, listener: (message: BusTopics[T]) => void): () => void {
    const set = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, set.add(listener as Listener));
    return () => set.delete(listener as Listener);
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
