import { PPID } from './data-link-dcep.ts';
import { DATA_LIMITS as LIMITS } from './data-link-limits.ts';
import { PayloadQueue } from './data-link-queue.ts';
import { DrainRate } from './data-link-rate.ts';

/** One SCTP stream towards a client, as mediasoup's DataConsumer is one. */
export interface Stream {
  readonly closed: boolean;
  /** Resolves to what waits in the worker with this message; rejects when it is not taken. */
  send(message: Buffer, ppid?: number): Promise<number>;
  getBufferedAmount(): Promise<number>;
  on(event: 'bufferedamountlow', heard: (amount: number) => void): unknown;
}

export interface OutChannel {
  send(payload: Buffer): boolean | Promise<boolean>;
  readonly opened: boolean;
  /** The other side knows of the channel: what waits is sent. */
  open(): void;
  close(): void;
}

export interface ChannelOptions {
  /** Bytes a second under which a reliable receiver is not waited for; 0 waits for each that takes anything. */
  readonly slowBps: number;
  readonly now: () => number;
}

/** What both kinds share: how much is in the worker, and how fast it leaves it. */
abstract class Channel implements OutChannel {
  protected readonly stream: Stream;
  protected readonly options: ChannelOptions;
  protected readonly rate = new DrainRate();
  /** Handed to the worker and not yet answered. */
  protected handed = 0;
  /** In the worker, as it last said. */
  protected buffered = 0;
  #given = 0;
  #state: 'opening' | 'open' | 'closed' = 'opening';

  constructor(stream: Stream, options: ChannelOptions) {
    this.stream = stream;
    this.options = options;
    stream.on('bufferedamountlow', (amount) => {
      // Answers to messages sent before it may not have been looked at yet, and they would say more.
      setImmediate(() => this.heard(amount));
    });
  }

  get opened(): boolean {
    return this.#state === 'open';
  }

  get closed(): boolean {
    return this.#state === 'closed' || this.stream.closed;
  }

  open(): void {
    if (this.#state !== 'opening') return;
    this.#state = 'open';
    this.moved();
  }

  close(): void {
    this.#state = 'closed';
    this.moved();
  }

  abstract send(payload: Buffer): boolean | Promise<boolean>;

  /** Something left, or the state changed. */
  protected abstract moved(): void;

  /** The message was not taken for lack of room. */
  protected abstract refused(payload: Buffer): void;

  /** What waits in front of the worker. */
  protected abstract readonly waiting: number;

  protected accepted(bytes: number): void {
    this.#given += bytes;
  }

  protected hand(payload: Buffer): void {
    this.handed += payload.length;
    this.stream.send(payload, payload.length > 0 ? PPID.binary : PPID.binaryEmpty).then(
      (amount) => {
        this.handed -= payload.length;
        this.heard(amount);
      },
      (error: unknown) => {
        this.handed -= payload.length;
        const full = error instanceof Error && error.message.includes('sctpsendbufferfull');
        if (full && !this.closed) return this.refused(payload);
        // The client closed the channel, or its connection is gone.
        this.close();
      },
    );
  }

  protected heard(amount: number): void {
    if (this.closed) return;
    this.buffered = amount;
    this.sample();
    this.moved();
  }

  /** What the receiver takes in so much time, between a least and a most. */
  protected within(ms: number, unknown: number, least: number, most: number): number {
    const rate = this.rate.perSecond();
    return rate === undefined ? unknown : Math.min(most, Math.max(least, (rate * ms) / 1000));
  }

  protected sample(): void {
    this.rate.sample(this.options.now(), this.#given, this.waiting + this.handed + this.buffered);
    this.#given = 0;
  }
}

/**
 * Ordered, and nothing is lost, unless the receiver takes too little for too long. At most
 * `queueMost` wait for one receiver: with `slowBps`, one that is slower loses what waits as soon as
 * its queue is full, and nobody waits for it; one that takes nothing at all is never waited for, and
 * loses what comes beyond `queueMost`.
 */
export class ReliableChannel extends Channel {
  readonly #queue = new PayloadQueue();
  readonly #refused: Buffer[] = [];
  #room: { promise: Promise<boolean>; resolve: (sent: boolean) => void } | undefined;
  #poll: NodeJS.Timeout | undefined;

  protected get waiting(): number {
    return this.#queue.bytes;
  }

  send(payload: Buffer): boolean | Promise<boolean> {
    const most = this.opened ? LIMITS.queueMost : LIMITS.queueUnknown;
    if (this.closed || this.#queue.bytes + payload.length > most) return false;
    this.accepted(payload.length);
    this.#queue.add(payload);
    this.#pump();
    if (this.#queue.bytes <= this.#full()) return true;
    const verdict = this.#verdict();
    if (verdict === 'slow') {
      this.#drop();
      return false;
    }
    if (verdict === 'stalled') return true;
    this.#room ??= Promise.withResolvers<boolean>();
    return this.#room.promise;
  }

  protected moved(): void {
    if (this.closed) {
      clearTimeout(this.#poll);
      this.#poll = undefined;
      this.#drop();
      return;
    }
    this.#pump();
    if (!this.#room) return;
    const verdict = this.#queue.bytes <= this.#full() / 2 ? 'caught up' : this.#verdict();
    if (verdict === 'slow') this.#drop();
    else if (verdict !== 'waited for') this.#release(true);
  }

  protected refused(payload: Buffer): void {
    this.#refused.push(payload);
    this.#watch();
  }

  #pump(): void {
    // What the worker had no room for goes first again, when it has answered to all that it was handed.
    if (!this.opened || (this.#refused.length > 0 && this.handed > 0)) return;
    for (const payload of this.#refused.splice(0).reverse()) this.#queue.putBack(payload);
    const most = this.within(LIMITS.workerMs, LIMITS.workerUnknown, LIMITS.workerLeast, LIMITS.workerMost);
    while (!this.#queue.empty && this.handed + this.buffered < most) {
      const payload = this.#queue.take();
      if (payload) this.hand(payload);
    }
    if (!this.#queue.empty) this.#watch();
  }

  /** While something waits: a notification may have been missed, and how fast it goes is to be known. */
  #watch(): void {
    if (this.#poll || this.closed) return;
    this.#poll = setTimeout(() => {
      this.stream.getBufferedAmount().then(
        (amount) => {
          this.#poll = undefined;
          this.heard(amount);
        },
        () => this.close(),
      );
    }, LIMITS.pollMs);
    this.#poll.unref();
  }

  #full(): number {
    return this.within(LIMITS.queueMs, LIMITS.queueUnknown, LIMITS.queueLeast, LIMITS.queueFull);
  }

  #verdict(): 'slow' | 'stalled' | 'waited for' {
    const rate = this.rate.perSecond(LIMITS.judgedAfterMs);
    if (rate === undefined) return 'waited for';
    if (rate < this.options.slowBps) return 'slow';
    return rate < 1 ? 'stalled' : 'waited for';
  }

  #drop(): void {
    this.sample();
    this.rate.dropped(this.#queue.bytes);
    this.#queue.clear();
    this.#release(false);
  }

  #release(sent: boolean): void {
    this.#room?.resolve(sent);
    this.#room = undefined;
  }
}

/** Unordered, never sent again: what cannot go soon is dropped at once. */
export class LossyChannel extends Channel {
  protected readonly waiting = 0;

  send(payload: Buffer): boolean {
    if (this.closed || !this.opened) return false;
    const behind = this.handed + this.buffered;
    if (behind > 0 && behind + payload.length > this.#most()) return false;
    this.accepted(payload.length);
    this.hand(payload);
    return true;
  }

  protected moved(): void {}

  protected refused(): void {}

  #most(): number {
    return this.within(LIMITS.lossyMs, LIMITS.lossyUnknown, LIMITS.lossyLeast, LIMITS.lossyMost);
  }
}
