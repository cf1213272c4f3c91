import type { types } from 'mediasoup';
import type { SourceStats } from './measures.ts';
import { Pipes } from './pipes.ts';
import type { Place } from './place.ts';
import { SourceMeter } from './source-meter.ts';
import type { Source } from './types.ts';

/** VP9's layers in one stream, as `producing` announces them. */
const SVC_LAYERS = 3;

/** The numbers of the streams that have come in, by rid. */
export type HeardStreams = ReadonlyMap<string, { ssrc: number; rtx?: { ssrc: number } }>;

/** What mediasoup receives of one section, and where else it is. */
export class ProducedSource implements Source {
  readonly producer: types.Producer;
  readonly place: Place;
  readonly mime: string;
  readonly rids: readonly string[];
  readonly svcLayers: number;
  readonly #meter: SourceMeter;
  readonly #failed: (what: string, error: unknown) => void;
  readonly #pipes: Pipes;
  #heard: Promise<HeardStreams> | undefined;

  constructor(producer: types.Producer, place: Place, failed: (what: string, error: unknown) => void) {
    this.producer = producer;
    this.place = place;
    this.#failed = failed;
    this.#meter = new SourceMeter(producer);
    this.#pipes = new Pipes(producer, place);
    const { codecs, encodings = [] } = producer.rtpParameters;
    this.mime = codecs[0]?.mimeType ?? '';
    this.rids = encodings.flatMap(({ rid }) => (rid === undefined ? [] : [rid]));
    this.svcLayers = this.mime === 'video/VP9' && encodings.length === 1 ? SVC_LAYERS : 1;
  }

  get id(): string {
    return this.producer.id;
  }

  get kind(): 'audio' | 'video' {
    return this.producer.kind;
  }

  get closed(): boolean {
    return this.producer.closed;
  }

  pause(): void {
    this.#ask('pause', () => this.producer.pause());
  }

  resume(): void {
    this.#ask('resume', () => this.producer.resume());
  }

  close(): void {
    if (this.rids.length > 0 && !this.closed) this.#heard = this.#streams();
    this.producer.close();
  }

  /**
   * What had come in when it was closed: a browser names the rid of an SSRC only until it knows that it
   * was heard, so a section that sends again says of its streams nothing but their numbers.
   */
  get heard(): Promise<HeardStreams> | undefined {
    return this.#heard;
  }

  async #streams(): Promise<HeardStreams> {
    const { encodings = [] } = this.producer.rtpParameters;
    // A worker that is gone has taken the whole connection with it.
    const stats = await this.producer.getStats().catch(() => []);
    const heard = stats.map(({ rid, ssrc, rtxSsrc }) => ({
      rid,
      ssrc,
      ...(rtxSsrc === undefined ? {} : { rtx: { ssrc: rtxSsrc } }),
    }));
    // What was known before stays so where nothing has come in since.
    return new Map(
      [...encodings, ...heard].flatMap(({ rid, ssrc, rtx }) =>
        rid === undefined || ssrc === undefined ? [] : [[rid, { ssrc, ...(rtx && { rtx }) }]],
      ),
    );
  }

  stats(): Promise<SourceStats> {
    return this.#meter.read();
  }

  /** Has somebody in that place receive it; it is brought there if need be. */
  async receive(
    place: Place,
    consume: (producer: types.Producer) => Promise<types.Consumer>,
  ): Promise<types.Consumer> {
    const consumer = await this.#pipes.receive(place, consume);
    place.count(consumer);
    return consumer;
  }

  #ask(what: string, ask: () => Promise<void>): void {
    if (this.closed) return;
    ask().catch((error: unknown) => {
      if (!this.closed) this.#failed(`a source: ${what}`, error);
    });
  }
}
