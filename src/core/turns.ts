/** Work on one key runs one after the other; different keys run at once. */
export class Turns<K> {
  readonly #last = new Map<K, Promise<unknown>>();

  run<T>(key: K, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = before ? before.then(work, work) : work();
    this.#last.set(key, turn);
    const done = () => {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    };
    turn.then(done, done);
    return turn;
  }

  /** When everything begun so far has ended, well or not. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.#last.values()]);
  }
}
