import type { types } from 'mediasoup';

/** The worker asks a publisher at once and after a second; what comes of that has come by then. */
const FIRST_LOOK_MS = 2500;
const LONGEST_MS = 20_000;

/**
 * Sees to it that somebody who is to get pictures gets a first one. It has to be a key frame, and the two
 * requests that the worker makes for it may both be lost on a bad line; the receiver makes none of its own
 * before anything has arrived.
 */
export class FirstPicture {
  readonly #consumer: types.Consumer;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #sent = false;

  constructor(consumer: types.Consumer, failed: (error: unknown) => void) {
    this.#consumer = consumer;
    this.#failed = failed;
    consumer.observer.on('close', () => this.stop());
  }

  /** It is sent from now on. */
  start(): void {
    if (this.#timer === undefined && !this.#sent) this.#lookAfter(FIRST_LOOK_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #lookAfter(waitMs: number): void {
    this.#timer = setTimeout(() => {
      this.#look(waitMs).catch((error: unknown) => {
        if (!this.#consumer.closed) this.#failed(error);
      });
    }, waitMs);
  }

  async #look(waitedMs: number): Promise<void> {
    const timer = this.#timer;
    const stats = await this.#consumer.getStats();
    this.#sent = stats.some((each) => each.type === 'outbound-rtp' && each.packetCount > 0);
    // Stopped meanwhile, or begun anew.
    if (timer !== this.#timer) return;
    this.#timer = undefined;
    if (this.#sent) return;
    // While nothing comes in there is nobody to ask; the worker does when it comes.
    if (this.#consumer.score.producerScores.some((score) => score > 0))
      await this.#consumer.requestKeyFrame();
    if (!this.#consumer.closed && this.#timer === undefined)
      this.#lookAfter(Math.min(2 * waitedMs, LONGEST_MS));
  }
}
