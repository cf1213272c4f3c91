/** More than this is not kept for a Redis that is away: about a minute of a busy node. */
const MOST_BYTES = 32 * 1024 * 1024;
const BATCH = 200;

/**
 * What waits to be sent: batch by batch, in order, each until it has been taken. A batch whose fate
 * is unknown is sent again; receivers know by its numbers what they have had.
 */
export class Outgoing {
  readonly #send: (batch: readonly string[]) => Promise<void>;
  readonly #dropped: (count: number) => void;
  readonly #waiting: string[] = [];
  #bytes = 0;
  #sending: Promise<void> | undefined;

  constructor(send: (batch: readonly string[]) => Promise<void>, dropped: (count: number) => void) {
    this.#send = send;
    this.#dropped = dropped;
  }

  push(text: string): void {
    this.#waiting.push(text);
    this.#bytes += text.length;
    this.#shorten();
    this.flush();
  }

  /** Sends what waits, if nothing is being sent; called again when sending may work again. */
  flush(): Promise<void> {
    this.#sending ??= this.#run().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #run(): Promise<void> {
    // What is published in one turn of the loop travels together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH);
      try {
        await this.#send(batch);
      } catch {
        // It stays, and whoever knows that sending works again calls `flush`.
        return;
      }
      // What was dropped meanwhile went from the front, so only what is left of the batch goes now.
      const last = this.#waiting.indexOf(batch.at(-1) as string);
      for (const text of this.#waiting.splice(0, last + 1)) this.#bytes -= text.length;
    }
  }

  #shorten(): void {
    let count = 0;
    while (this.#bytes > MOST_BYTES && this.#waiting.length > 1) {
      this.#bytes -= this.#waiting.shift()?.length ?? 0;
      count++;
    }
    if (count > 0) this.#dropped(count);
  }
}
