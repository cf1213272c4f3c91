/** Runs one piece of work after the other, in the order asked for. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // Whoever asked is told of a failure; the next one starts all the same.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
