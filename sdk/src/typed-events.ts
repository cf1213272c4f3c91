/** Event names to the arguments their listeners get. */
export type EventMap = Record<string, unknown[]>;

export type Listener<A extends unknown[]> = (...args: A) => void;

/** `on`, `off` and a protected `emit` whose names and arguments are checked by the compiler. */
export class TypedEvents<E extends { [K in keyof E]: unknown[] }> {
  readonly #listeners = new Map<keyof E, Set<Listener<never>>>();

  /** Listens until the returned function is called (or `off`). */
  on<K extends keyof E>(event: K, listener: Listener<E[K]>): () => void {
    let set = this.#listeners.get(event);
    if (!set) {
      set = new Set();
      this.#listeners.set(event, set);
    }
    set.add(listener);
    return () => this.off(event, listener);
  }

  off<K extends keyof E>(event: K, listener: Listener<E[K]>): void {
    this.#listeners.get(event)?.delete(listener);
  }

  protected emit<K extends keyof E>(event: K, ...args: E[K]): void {
    // A copy: a listener may add or remove listeners.
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        (listener as Listener<E[K]>)(...args);
      } catch (error) {
        report(error);
      }
    }
  }
}

/** A listener's own failure is shown where it can be seen and never stops the client's work. */
function report(error: unknown): void {
  if (typeof globalThis.reportError === 'function') globalThis.reportError(error);
  else console.error(error);
}
