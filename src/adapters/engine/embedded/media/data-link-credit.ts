import type { types } from 'mediasoup';

/** A stream that no client uses: clients number theirs from 0 and 1. */
const STREAM = 65_534;
const NOTHING = Buffer.alloc(1);
/** As our worker counts (scripts/media-worker/patches): of one grant, and of a message besides its bytes. */
const GRANT = 32 * 1024;
const MESSAGE = 256;
/** On its way to this process at most; enough to keep the worker delivering until the next grant. */
const GRANTS_AT_FIRST = 3;

/**
 * How much of a client's data our worker may deliver: it keeps the rest in the receive window, so
 * that the client's own SCTP waits, and nothing is lost. Each message that is sent on a producer of
 * received data, which has no meaning otherwise, allows for some more. The stock worker passes over
 * it: what it has received, it delivers.
 */
export class Credit {
  readonly #transport: types.Transport;
  #producer: types.DataProducer | undefined;
  #used = 0;
  #held = false;

  constructor(transport: types.Transport) {
    this.#transport = transport;
  }

  async prepare(): Promise<void> {
    this.#producer = await this.#transport.produceData({
      sctpStreamParameters: { streamId: STREAM, ordered: true },
    });
    for (let i = 0; i < GRANTS_AT_FIRST; i++) this.#producer.send(NOTHING);
  }

  /** A message has been looked at. */
  used(bytes: number): void {
    this.#used += bytes + MESSAGE;
    this.#settle();
  }

  /** While held, there is no more credit. */
  hold(held: boolean): void {
    this.#held = held;
    this.#settle();
  }

  #settle(): void {
    if (this.#held || !this.#producer || this.#producer.closed) return;
    for (; this.#used >= GRANT; this.#used -= GRANT) this.#producer.send(NOTHING);
  }
}
