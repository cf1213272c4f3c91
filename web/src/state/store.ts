/** Something that can be looked at and listened to. React reads it with `useStore`. */
export interface Readable<T> {
  get(): T;
  subscribe(listener: () => void): () => void;
}

/** A value with listeners. Values are replaced, never changed in place. */
export class Store<T> implements Readable<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(initial: T) {
    this.#value = initial;
  }

  get = (): T => this.#value;

  set = (value: T): void => {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  };

  update(change: (value: T) => T): void {
    this.set(change(this.#value));
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };
}

/** What is loaded from the server: nothing yet, the thing, or why not (with what was there before). */
export type Loaded<T> =
  | { status: 'idle' | 'loading'; data?: T }
  | { status: 'ready'; data: T }
  | { status: 'failed'; error: unknown; data?: T };

/** Keeps the newest answer only: an older request that ends later changes nothing. */
export class Loader<T> extends Store<Loaded<T>> {
  #turn = 0;

  constructor() {
    super({ status: 'idle' });
  }

  async load(fetch: () => Promise<T>): Promise<void> {
    const turn = ++this.#turn;
    const before = this.get().data;
    if (before === undefined) this.set({ status: 'loading' });
    try {
      const data = await fetch();
      if (turn === this.#turn) this.set({ status: 'ready', data });
    } catch (error) {
      if (turn === this.#turn)
        this.set({ status: 'failed', error, ...(before === undefined ? {} : { data: before }) });
    }
  }

  /** Changes what is there, if something is. */
  change(change: (data: T) => T): void {
    const now = this.get();
    if (now.data !== undefined) this.set({ ...now, data: change(now.data) });
  }

  reset(): void {
    this.#turn++;
    this.set({ status: 'idle' });
  }
}
