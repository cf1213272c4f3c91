import type { types } from 'mediasoup';

/** A stream that no client uses: clients number theirs from 0 and 1. */
const STREAM = 65_534;

/**
 * Stops a client's data. Our worker takes the pause of any of a connection's data producers to mean
 * that the connection's messages stay in its receive window, which makes the client's SCTP wait. The
 * stock worker would drop the messages of the stream that is paused: this one never has any.
 */
export class Hold {
  readonly #transport: types.Transport;
  readonly #failed: (what: string, error: unknown) => void;
  #producer: types.DataProducer | undefined;
  #wanted = false;
  #is = false;
  #working = false;

  constructor(transport: types.Transport, failed: (what: string, error: unknown) => void) {
    this.#transport = transport;
    this.#failed = failed;
  }

  /** Before it is needed: then, what the client sends stands in line before every answer of the worker. */
  async prepare(): Promise<void> {
    this.#producer = await this.#transport.produceData({
      sctpStreamParameters: { streamId: STREAM, ordered: true },
    });
  }

  set(held: boolean): void {
    this.#wanted = held;
    if (!this.#working && this.#producer) void this.#work(this.#producer);
  }

  async #work(producer: types.DataProducer): Promise<void> {
    this.#working = true;
    try {
      while (this.#is !== this.#wanted && !this.#transport.closed) {
        const wanted = this.#wanted;
        if (wanted) await producer.pause();
        else await producer.resume();
        this.#is = wanted;
      }
    } catch (error) {
      if (!this.#transport.closed) this.#failed('a client that was to wait', error);
    } finally {
      this.#working = false;
    }
  }
}
