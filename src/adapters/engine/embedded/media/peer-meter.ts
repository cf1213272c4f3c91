import type { types } from 'mediasoup';
import { type Counts, shareLost } from './counts.ts';
import type { ConsumedDownlink } from './downlink.ts';
import type { TransportStats } from './measures.ts';
import type { ProducedSource } from './source.ts';

/** Somebody who gets a hundred tracks is measured by these: they share one way. */
const SAMPLE = 8;

const NOTHING: TransportStats = {
  roundTripMs: undefined,
  lossDown: 0,
  lossUp: 0,
  bitrateUp: { audio: 0, video: 0 },
  bitrateDown: { audio: 0, video: 0 },
  availableDown: undefined,
};

/** Measures a client's two connections when somebody asks, since it was asked the last time. */
export class PeerMeter {
  readonly #up: types.WebRtcTransport;
  readonly #down: types.WebRtcTransport;
  readonly #peer: {
    readonly publisher: { readonly sources: readonly ProducedSource[] };
    readonly subscriber: { readonly downlinks: readonly ConsumedDownlink[] };
  };
  #received: ReadonlyMap<number, Counts> = new Map();
  #sent: ReadonlyMap<number, Counts> = new Map();

  constructor(
    up: types.WebRtcTransport,
    down: types.WebRtcTransport,
    peer: {
      readonly publisher: { readonly sources: readonly ProducedSource[] };
      readonly subscriber: { readonly downlinks: readonly ConsumedDownlink[] };
    },
  ) {
    this.#up = up;
    this.#down = down;
    this.#peer = peer;
  }

  async read(): Promise<TransportStats> {
    if (this.#down.closed || this.#up.closed) return NOTHING;
    try {
      return await this.#read();
    } catch (error) {
      // It was closed while it was asked.
      if (this.#down.closed || this.#up.closed) return NOTHING;
      throw error;
    }
  }

  async #read(): Promise<TransportStats> {
    const consumers = this.#peer.subscriber.downlinks.flatMap(({ consumer }) =>
      consumer && !consumer.closed && !consumer.paused ? consumer : [],
    );
    const voices = consumers.filter(({ kind }) => kind === 'audio');
    const pictures = consumers.filter(({ kind }) => kind === 'video');
    const asked = [...voices.slice(0, SAMPLE), ...pictures.slice(0, SAMPLE)];
    const [[down], up, sent] = await Promise.all([
      this.#down.getStats(),
      Promise.all(this.#peer.publisher.sources.map(({ producer }) => streams(producer))),
      Promise.all(asked.map(streams)),
    ]);
    const received = up.flat();
    const outgoing = sent.flat().filter(({ type }) => type === 'outbound-rtp');
    const counted = counts(received);
    const told = counts(outgoing);
    const [lossUp, lossDown] = [shareLost(counted, this.#received), shareLost(told, this.#sent)];
    this.#received = counted;
    this.#sent = told;

    const sample = bitrate(outgoing, 'audio');
    const share = voices.length / Math.max(1, Math.min(voices.length, SAMPLE));
    const total = (down?.rtpSendBitrate ?? 0) + (down?.rtxSendBitrate ?? 0);
    const audio = Math.min(total, sample * share);
    return {
      roundTripMs: median([...outgoing, ...received].flatMap(({ roundTripTime }) => roundTripTime || [])),
      lossDown,
      lossUp,
      bitrateUp: { audio: bitrate(received, 'audio'), video: bitrate(received, 'video') },
      bitrateDown: { audio, video: pictures.length > 0 ? total - audio : 0 },
      availableDown: down?.availableOutgoingBitrate,
    };
  }
}

type Stream = types.ProducerStat | types.ConsumerStat;

async function streams(of: types.Producer | types.Consumer): Promise<Stream[]> {
  try {
    return await of.getStats();
  } catch (error) {
    // It ended while it was asked; all others count.
    if (of.closed) return [];
    throw error;
  }
}

const counts = (of: readonly Stream[]) =>
  new Map(
    of.map(({ ssrc, packetCount, packetsLost }) => [ssrc, { packets: packetCount, lost: packetsLost }]),
  );

const bitrate = (of: readonly Stream[], kind: string) =>
  of.filter((stream) => stream.kind === kind).reduce((sum, stream) => sum + stream.bitrate, 0);

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
