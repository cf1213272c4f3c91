import type { types } from 'mediasoup';
import { FirstPicture } from './first-picture.ts';
import type { Layers } from './measures.ts';
import type { ProducedSource } from './source.ts';
import type { Downlink, DownlinkAbout } from './types.ts';

export interface DownlinkEvents {
  /** It has ended, whoever ended it. */
  closed(): void;
  failed(what: string, error: unknown): void;
}

/** One source on its way to one client: what is wished of it, and the consumer once there is one. */
export class ConsumedDownlink implements Downlink {
  readonly trackSid: string;
  readonly source: ProducedSource;
  readonly #about: DownlinkAbout;
  readonly #events: DownlinkEvents;
  #consumer: types.Consumer | undefined;
  #firstPicture: FirstPicture | undefined;
  #closed = false;
  #paused: boolean;
  /** The client has answered the offer that has its section. */
  #accepted = false;
  #layers: Layers | undefined;
  #priority: number | undefined;

  constructor(source: ProducedSource, about: DownlinkAbout, events: DownlinkEvents) {
    this.source = source;
    this.trackSid = about.trackSid;
    this.#about = about;
    this.#events = events;
    this.#paused = about.paused;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * What `a=msid` says. A browser's track keeps the id that its section had at first: in one that is
   * used again, the stream has to name the track.
   */
  msid(again: boolean): string {
    const { trackSid, streamId } = this.#about;
    return `${again ? `${streamId.split('|')[0]}|${trackSid}` : streamId} ${trackSid}`;
  }

  get consumer(): types.Consumer | undefined {
    return this.#consumer;
  }

  /** Has the source sent, as soon as the client takes it. */
  async begin(consume: (layers: types.ConsumerLayers | undefined) => Promise<types.Consumer>): Promise<void> {
    const asked = this.#layers;
    try {
      const consumer = await consume(asked && consumerLayers(asked));
      if (this.#closed) return consumer.close();
      this.#consumer = consumer;
      if (consumer.kind === 'video')
        this.#firstPicture = new FirstPicture(consumer, (error) =>
          this.#events.failed('a downlink: first picture', error),
        );
      consumer.on('producerclose', () => this.close());
      consumer.on('layerschange', (layers) => this.#heard(consumer, layers));
      if (this.#layers !== asked && this.#layers) this.prefer(this.#layers);
      if (this.#priority !== undefined) this.prioritize(this.#priority);
    } catch (error) {
      if (this.#closed) return;
      // Gone meanwhile, which its publisher says too.
      if (!this.source.closed) this.#events.failed('a downlink', error);
      this.close();
    }
  }

  accept(): void {
    if (this.#accepted) return;
    this.#accepted = true;
    this.#apply();
  }

  /** The client does not take it for now. */
  withdraw(): void {
    const consumer = this.#consumer;
    if (!this.#accepted || consumer === undefined) return;
    this.#accepted = false;
    this.#firstPicture?.stop();
    this.#ask('pause', () => consumer.pause());
  }

  refuse(): void {
    if (this.#closed) return;
    this.close();
    this.#about.refused();
  }

  pause(): void {
    this.#paused = true;
    this.#apply();
  }

  resume(): void {
    this.#paused = false;
    this.#apply();
  }

  prefer(layers: Layers): void {
    this.#layers = layers;
    const consumer = this.#consumer;
    if (consumer === undefined || consumer.type === 'simple') return;
    this.#ask('layers', () => consumer.setPreferredLayers(consumerLayers(layers)));
  }

  prioritize(priority: number): void {
    this.#priority = priority;
    const consumer = this.#consumer;
    if (consumer) this.#ask('priority', () => consumer.setPriority(priority));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#consumer?.close();
    this.#events.closed();
  }

  #apply(): void {
    const consumer = this.#consumer;
    if (consumer === undefined || !this.#accepted) return;
    if (this.#paused) {
      this.#firstPicture?.stop();
      this.#ask('pause', () => consumer.pause());
    } else {
      this.#firstPicture?.start();
      this.#ask('resume', () => consumer.resume());
    }
  }

  #heard(consumer: types.Consumer, layers: types.ConsumerLayers | undefined): void {
    if (layers) {
      const { spatialLayer: spatial, temporalLayer: temporal } = layers;
      this.#about.layers(temporal === undefined ? { spatial } : { spatial, temporal });
      return;
    }
    // Nothing is sent while somebody paused it or nothing comes in: that says nothing of the estimate.
    const arrives = consumer.score.producerScores.some((score) => score > 0);
    if (this.#paused || consumer.paused || consumer.producerPaused || !arrives) return;
    this.#about.layers(null);
  }

  #ask(what: string, ask: () => Promise<void>): void {
    if (this.#closed) return;
    ask().catch((error: unknown) => {
      if (!this.#closed) this.#events.failed(`a downlink: ${what}`, error);
    });
  }
}

/** `Infinity` is a fair way to ask for everything, but none that travels. */
const MOST_LAYERS = 255;

const consumerLayers = ({ spatial, temporal }: Layers): types.ConsumerLayers => ({
  spatialLayer: Math.min(spatial, MOST_LAYERS),
  ...(temporal === undefined ? {} : { temporalLayer: Math.min(temporal, MOST_LAYERS) }),
});
