import type { types } from 'mediasoup';
import { type Counts, shareLost } from './counts.ts';
import type { SourceStats } from './measures.ts';

const SILENT: SourceStats = { bitrate: 0, loss: 0, jitterMs: 0, roundTripMs: undefined, score: 0 };

/** Measures one source when somebody asks, since it was asked the last time. */
export class SourceMeter {
  readonly #producer: types.Producer;
  #before: ReadonlyMap<number, Counts> = new Map();

  constructor(producer: types.Producer) {
    this.#producer = producer;
  }

  async read(): Promise<SourceStats> {
    if (this.#producer.closed) return SILENT;
    let streams: types.ProducerStat[];
    try {
      streams = await this.#producer.getStats();
    } catch (error) {
      // It was closed while it was asked.
      if (this.#producer.closed) return SILENT;
      throw error;
    }
    const before = this.#before;
    const now = new Map(
      streams.map(({ ssrc, packetCount, packetsLost }) => [
        ssrc,
        { packets: packetCount, lost: packetsLost },
      ]),
    );
    this.#before = now;
    // The best layer that is sent; those that nobody needs are still.
    const best = streams.filter(({ bitrate }) => bitrate > 0).at(-1);
    const clock = this.#producer.kind === 'audio' ? 48 : 90;
    return {
      bitrate: streams.reduce((sum, { bitrate }) => sum + bitrate, 0),
      loss: shareLost(now, before),
      jitterMs: (best?.jitter ?? 0) / clock,
      roundTripMs: streams.find(({ roundTripTime }) => roundTripTime)?.roundTripTime,
      score: best?.score ?? 0,
    };
  }
}
