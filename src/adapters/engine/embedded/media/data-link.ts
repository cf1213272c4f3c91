import type { types } from 'mediasoup';
import { Budget } from './data-link-budget.ts';
import { type ChannelOptions, LossyChannel, type OutChannel, ReliableChannel } from './data-link-channel.ts';
import { Credit } from './data-link-credit.ts';
import { dcepAck, dcepOpen, PPID } from './data-link-dcep.ts';
import { directOf } from './data-link-direct.ts';
import { Inbound } from './data-link-inbound.ts';
import { DATA_LIMITS as LIMITS } from './data-link-limits.ts';
import { PayloadQueue } from './data-link-queue.ts';
import type { DataLink } from './types.ts';

export { DATA_TRANSPORT } from './data-link-limits.ts';

export interface DataLinkOptions {
  /** Made with `DATA_TRANSPORT`, not connected yet. Nobody else has streams on it. */
  readonly transport: types.WebRtcTransport;
  readonly router: types.Router;
  /** On which the client offers, or the server; `single`: the only one, its channels go both ways. */
  readonly role: 'publisher' | 'subscriber' | 'single';
  /** A whole message on a channel that the client opened. */
  readonly received: (label: string, payload: Buffer, text: boolean) => void;
  readonly failed: (what: string, error: unknown) => void;
  /** As in EmbeddedOptions. */
  readonly slowReceiverBps?: number;
  readonly now?: () => number;
}

export interface OpenDataLink extends DataLink {
  /**
   * Has its streams made, which are most of what a connection costs: before that somebody has to
   * offer. Then the transport may be connected. Rejects when they cannot be made.
   */
  opened(): Promise<void>;
  close(): void;
}

const CHANNELS = ['_reliable', '_lossy', '_data_track'] as const;
const isLossy = (label: string) => label === '_lossy' || label === '_data_track';
/** So many channels may a client open before it is heard of the first: its own, and LiveKit's three. */
const EXPECTED = { publisher: 8, single: 8, subscriber: 2 } as const;

/** The data channels of one connection, opened in band by whichever side LiveKit has open them. */
export function openDataLink(options: DataLinkOptions): OpenDataLink {
  const link = new Link(options);
  return link;
}

class Link implements OpenDataLink {
  readonly #options: DataLinkOptions;
  readonly #direct: ReturnType<typeof directOf>;
  readonly #inbound: Inbound;
  readonly #credit: Credit;
  readonly #budget: Budget;
  readonly #now: () => number;
  /** Why the client is made to wait: for those who receive it, or because it sends too much. */
  readonly #held = { byReceivers: false, byBudget: false };
  readonly #channels = new Map<string, OutChannel>();
  /** Streams towards the client by their number: mediasoup numbers them in the order in which they are made. */
  readonly #streams: Promise<types.DataConsumer>[] = [];
  /** Of channels that we opened: what is to happen when the client knows of them. */
  readonly #opening = new Map<number, () => void>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What came for a client before it had its reliable channel. */
  readonly #early = new PayloadQueue();
  #opened: Promise<void> | undefined;
  #closed = false;

  constructor(options: DataLinkOptions) {
    this.#options = options;
    const { transport, role } = options;
    this.#direct = directOf(options.router);
    this.#now = options.now ?? (() => performance.now());
    this.#credit = new Credit(transport);
    this.#budget = new Budget(this.#now, (exceeded) => this.#waits('byBudget', exceeded));
    this.#inbound = new Inbound(transport, this.#direct.transport, {
      arrived: (bytes) => this.#credit.used(bytes),
      opened: (streamId, label) => this.#clientOpened(streamId, label),
      acknowledged: (streamId) => this.#opening.get(streamId)?.(),
      message: (label, payload, text) => this.#received(label, payload, text),
    });
    transport.observer.once('close', () => this.close());
    transport.on('sctpstatechange', (state) => {
      if (state === 'closed' || state === 'failed') this.close();
    });
    if (role === 'subscriber') this.#openWhenSecure();
  }

  readonly opened = () => {
    this.#opened ??= this.#start();
    return this.#opened;
  };

  readonly open = (label: string) => this.#channels.get(label)?.opened ?? false;

  send(label: string, payload: Uint8Array): boolean | Promise<boolean> {
    const channel = this.#channels.get(label);
    return channel ? channel.send(asBuffer(payload)) : this.#keep(label, asBuffer(payload));
  }

  hold(held: boolean): void {
    this.#waits('byReceivers', held);
  }

  #waits(why: 'byReceivers' | 'byBudget', held: boolean): void {
    this.#held[why] = held;
    if (!this.#closed) this.#credit.hold(this.#held.byReceivers || this.#held.byBudget);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#budget.close();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const channel of this.#channels.values()) channel.close();
    this.#channels.clear();
    this.#opening.clear();
    this.#early.clear();
  }

  /** Its connection is up, so that others take it for there, but the channel is not made yet. */
  #keep(label: string, payload: Buffer): boolean {
    if (this.#closed || this.#options.role === 'publisher' || label !== CHANNELS[0]) return false;
    if (this.#early.bytes + payload.length > LIMITS.queueUnknown) return false;
    this.#early.add(payload);
    return true;
  }

  #start(): Promise<void> {
    const streams = this.#inbound.clientStreams(EXPECTED[this.#options.role]);
    const opened = Promise.all([streams, this.#credit.prepare()]).then(() => undefined);
    // Whoever does not ask has closed the transport meanwhile.
    opened.catch(() => undefined);
    return opened;
  }

  /** Our channels are made while SCTP connects: before, they would be in the way of the connection. */
  #openWhenSecure(): void {
    this.#options.transport.on('dtlsstatechange', (state) => {
      if (state !== 'connected') return;
      this.#openAll().catch((error: unknown) => {
        if (!this.#closed) this.#options.failed('the data channels of a connection', error);
      });
    });
  }

  /** The server is the DTLS server on this connection, so that its streams are the odd ones. */
  async #openAll(): Promise<void> {
    await Promise.all(
      CHANNELS.flatMap((label, i) => {
        const streamId = 2 * i + 1;
        return [this.#inbound.listen(streamId), this.#openOne(label, streamId)];
      }),
    );
  }

  async #openOne(label: string, streamId: number): Promise<void> {
    const lossy = isLossy(label);
    const stream = await this.#stream(streamId);
    await stream.setBufferedAmountLowThreshold(LIMITS.workerLow);
    if (this.#closed) return;
    const channel = this.#channel(label, stream);
    const announce = (times: number) => {
      if (this.#closed || channel.opened || times === 0) return;
      stream.send(dcepOpen(label, lossy), PPID.control).catch(() => channel.close());
      // What is sent on a reliable channel cannot overtake its opening, nor can that be lost.
      if (!lossy) {
        channel.open();
        return;
      }
      this.#later(LIMITS.openAgainMs, () => announce(times - 1));
    };
    this.#opening.set(streamId, () => channel.open());
    this.#whenConnected(() => announce(LIMITS.opensAtMost));
  }

  #channel(label: string, stream: types.DataConsumer): OutChannel {
    const options: ChannelOptions = {
      slowBps: this.#options.slowReceiverBps ?? 0,
      now: this.#now,
    };
    const channel = isLossy(label) ? new LossyChannel(stream, options) : new ReliableChannel(stream, options);
    this.#channels.get(label)?.close();
    this.#channels.set(label, channel);
    while (label === CHANNELS[0] && !this.#early.empty) channel.send(this.#early.take() as Buffer);
    return channel;
  }

  #whenConnected(then: () => void): void {
    const { transport } = this.#options;
    if (transport.sctpState === 'connected') {
      then();
      return;
    }
    const heard = (state: types.SctpState) => {
      if (state !== 'connected') return;
      transport.off('sctpstatechange', heard);
      then();
    };
    transport.on('sctpstatechange', heard);
  }

  #clientOpened(streamId: number, label: string): void {
    this.#acknowledge(streamId, label).catch((error: unknown) => {
      if (!this.#closed) this.#options.failed('a data channel that a client opens', error);
    });
  }

  async #acknowledge(streamId: number, label: string): Promise<void> {
    const [stream] = await Promise.all([this.#stream(streamId), this.#inbound.more(streamId)]);
    // On a number that is used for a second time there is no stream any more to say it on; browsers do not wait for it.
    const acknowledged = stream.send(dcepAck(), PPID.control).catch(() => undefined);
    // At once, for what others send may be here before the worker's answer to this.
    if (this.#options.role === 'single' && !this.#closed) {
      this.#channel(label, stream).open();
    }
    await acknowledged;
  }

  /** The stream of this number, and those before it. */
  async #stream(streamId: number): Promise<types.DataConsumer> {
    const { transport } = this.#options;
    const silent = await this.#direct.silent;
    while (this.#streams.length <= streamId) {
      const own = CHANNELS[(this.#streams.length - 1) / 2];
      const unreliable = this.#options.role === 'subscriber' && own !== undefined && isLossy(own);
      const made = transport.consumeData({
        dataProducerId: silent.id,
        // The worker takes an absent lifetime for none at all; with one, a message is never sent again, too.
        ...(unreliable ? { ordered: false, maxPacketLifeTime: LIMITS.lossyLifeMs } : { ordered: true }),
      });
      // Those in between are awaited by nobody, and fail when the transport closes meanwhile.
      made.catch(() => undefined);
      this.#streams.push(made);
    }
    const stream = await (this.#streams[streamId] as Promise<types.DataConsumer>);
    if (stream.sctpStreamParameters?.streamId !== streamId) throw new Error('streams are numbered otherwise');
    return stream;
  }

  #received(label: string, payload: Buffer, text: boolean): void {
    if (this.#closed) return;
    // A lossy message more or less is what its sender reckons with; a reliable one is taken all the same.
    if (!this.#budget.spend(payload.length) && isLossy(label)) return;
    try {
      this.#options.received(label, payload, text);
    } catch (error) {
      this.#options.failed(`a message on ${JSON.stringify(label.slice(0, 64))}`, error);
    }
  }

  #later(ms: number, then: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}

const asBuffer = (payload: Uint8Array) =>
  Buffer.isBuffer(payload) ? payload : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
