import {
  type SignalResponse,
  SubscribedCodec,
  SubscribedQuality,
  SubscribedQualityUpdate,
  VideoQuality,
} from '@livekit/protocol';
import type { PublishedTrack } from '../types.ts';
import { shortName } from './codecs.ts';
import { Demand, type Most } from './demand.ts';

/** A publisher is told late that it may send less: whoever looks away often looks back. */
const DOWNGRADE_MS = 5000;

const ALL = [VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH];

/** Tells the publisher of one video track which layers of which codecs somebody watches. */
export class Dynacast {
  readonly #track: PublishedTrack;
  readonly #demand = new Demand();
  /** What the publisher takes to be wanted. A codec that begins by itself is sent whole. */
  #told = new Map<string, Most>();
  #everTold = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(track: PublishedTrack) {
    this.#track = track;
  }

  /** The codec the track begins with, which is sent without being asked for. */
  begins(codec: string): void {
    this.#demand.know(codec);
    this.#told.set(codec, VideoQuality.HIGH);
    this.#weigh();
  }

  want(codec: string, from: Most, to: Most): void {
    if (from === to) return;
    this.#demand.move(codec, from, to);
    this.#weigh();
  }

  /** Says again what was said: a publisher that came back or unmutes may have missed it. */
  again(): void {
    this.#weigh();
    if (this.#everTold) this.#tell(this.#told);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #weigh(): void {
    const now = this.#demand.most();
    const changed = [...now].filter(([codec, most]) => most !== this.#told.get(codec));
    if (changed.length === 0) {
      this.close();
      return;
    }
    const more = changed.some(([codec, most]) => rank(most) > rank(this.#told.get(codec)));
    if (more) this.#commit();
    else this.#timer ??= setTimeout(() => this.#commit(), DOWNGRADE_MS).unref();
  }

  #commit(): void {
    this.close();
    this.#told = this.#demand.most();
    this.#everTold = true;
    this.#tell(this.#told);
  }

  #tell(told: ReadonlyMap<string, Most>): void {
    // A muted track sends nothing; it hears of it when it unmutes.
    if (this.#track.info.muted) return;
    this.#track.publisher.send(update(this.#track.info.sid, told));
  }
}

function rank(most: Most): number {
  return most ?? -1;
}

function update(trackSid: string, told: ReadonlyMap<string, Most>): SignalResponse['message'] {
  const subscribedCodecs = [...told].map(
    ([codec, most]) =>
      new SubscribedCodec({
        codec: shortName(codec),
        qualities: ALL.map((quality) => new SubscribedQuality({ quality, enabled: quality <= rank(most) })),
      }),
  );
  return {
    case: 'subscribedQualityUpdate',
    value: new SubscribedQualityUpdate({
      trackSid,
      subscribedCodecs,
      subscribedQualities: subscribedCodecs[0]?.qualities ?? [],
    }),
  };
}
