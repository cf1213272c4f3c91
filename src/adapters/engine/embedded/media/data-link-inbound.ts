import type { types } from 'mediasoup';
import { isDcepAck, openedLabel, PPID, received } from './data-link-dcep.ts';

export interface InboundEvents {
  /** Of every message, before anything else. */
  arrived(bytes: number): void;
  /** The client opened a channel, and is to be told that we know of it. */
  opened(streamId: number, label: string): void;
  acknowledged(streamId: number): void;
  message(label: string, payload: Buffer, text: boolean): void;
}

/** Of a client's streams, that many are listened to before it has opened any: clients use even numbers. */
const SPARE = 4;
const STREAMS_AT_MOST = 64;

/**
 * What arrives on a connection's SCTP streams. mediasoup drops what comes on a stream that nobody
 * listens to, the opening of a channel as well, so that there are always some more than are in use.
 */
export class Inbound {
  readonly #transport: types.Transport;
  readonly #direct: Promise<types.DirectTransport>;
  readonly #events: InboundEvents;
  readonly #labels = new Map<number, string>();
  #listened = 0;

  constructor(transport: types.Transport, direct: Promise<types.DirectTransport>, events: InboundEvents) {
    this.#transport = transport;
    this.#direct = direct;
    this.#events = events;
  }

  /** Listens to the client's first so many streams, all at once. */
  async clientStreams(count: number): Promise<void> {
    const until = Math.min(count, STREAMS_AT_MOST);
    const started: Promise<void>[] = [];
    while (this.#listened < until) started.push(this.listen(2 * this.#listened++));
    await Promise.all(started);
  }

  async listen(streamId: number): Promise<void> {
    const direct = await this.#direct;
    const producer = await this.#transport.produceData({ sctpStreamParameters: { streamId, ordered: true } });
    const consumer = await direct.consumeData({ dataProducerId: producer.id });
    consumer.on('message', (message, ppid) => this.#heard(streamId, message, ppid));
  }

  /** More streams for a client that uses nearly all. */
  async more(streamId: number): Promise<void> {
    const used = streamId / 2 + 1;
    if (used + SPARE > this.#listened) await this.clientStreams(used + 2 * SPARE);
  }

  #heard(streamId: number, message: Buffer, ppid: number): void {
    this.#events.arrived(message.length);
    if (ppid === PPID.control) {
      this.#control(streamId, message);
      return;
    }
    const label = this.#labels.get(streamId);
    const read = received(message, ppid);
    if (label !== undefined && read) this.#events.message(label, read.payload, read.text);
  }

  #control(streamId: number, message: Buffer): void {
    if (isDcepAck(message)) this.#events.acknowledged(streamId);
    const label = openedLabel(message);
    if (label === undefined) return;
    this.#labels.set(streamId, label);
    this.#events.opened(streamId, label);
  }
}
