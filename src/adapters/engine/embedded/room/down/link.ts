import { TrackSource, TrackType, type VideoQuality } from '@livekit/protocol';
import type { Layers } from '../../media/measures.ts';
import type { Downlink, Peer, Source } from '../../media/types.ts';
import type { Member, PublishedTrack } from '../types.ts';
import type { Dynacast } from './dynacast.ts';
import { layerCount, layersFor, type Wanted, wantedQuality } from './layers.ts';
import { StreamWatch } from './stream-state.ts';

/** Greater than what a camera has when nobody says anything, which is mediasoup's 1. */
const SCREEN_PRIORITY = 2;
const TOP_PRIORITY = 255;

/** A stream name goes into SDP as it is, so only what is a token there may. */
const STREAM_NAME = /^[\w-]{1,100}$/;

/** One track on its way to one member, in one codec; without a source it waits for its publisher to send that codec. */
export class Link {
  readonly member: Member;
  readonly track: PublishedTrack;
  readonly codec: string;
  readonly source: Source | undefined;
  readonly peer: Peer | undefined;
  readonly #stream: StreamWatch;
  readonly #dynacast: Dynacast | undefined;
  #downlink: Downlink | undefined;
  #wanted: Wanted;
  #quality: VideoQuality | undefined;
  #preferred: Layers = { spatial: Number.POSITIVE_INFINITY };
  #priority: number | undefined;
  #current: Layers | null = null;

  constructor(member: Member, track: PublishedTrack, how: HowLinked) {
    this.member = member;
    this.track = track;
    this.codec = how.codec;
    this.source = how.source;
    this.peer = member.peer;
    this.#dynacast = how.dynacast;
    this.#wanted = how.wanted;
    this.#stream = new StreamWatch(member, track, () => !track.info.muted && !this.#wanted.disabled);
    if (how.source !== undefined) {
      this.#preferred = { spatial: layerCount(how.source) - 1 };
      this.#downlink = this.#add(how.source, how.refused);
    }
    this.#apply();
  }

  /** Greatest spatial layer it wants, and what goes through; null: nothing is to. */
  get layers(): { wanted: number; current: number | null } | null {
    if (this.#downlink === undefined || this.#wanted.disabled || this.track.info.muted) return null;
    return { wanted: this.#preferred.spatial, current: this.#current?.spatial ?? null };
  }

  get stands(): boolean {
    return this.#stream.stands;
  }

  want(wanted: Wanted): void {
    const stopped = this.#wanted.disabled;
    this.#wanted = wanted;
    if (stopped !== wanted.disabled) {
      if (wanted.disabled) this.#downlink?.pause();
      else this.#downlink?.resume();
    }
    this.#apply();
    if (stopped && !wanted.disabled) this.#stream.expectedAgain();
  }

  muted(): void {
    if (this.track.info.muted) this.#stream.close();
    else this.#stream.expectedAgain();
  }

  close(): void {
    this.#stream.close();
    this.#demand(undefined);
    this.#downlink?.close();
    this.#downlink = undefined;
  }

  #add(source: Source, refused: (link: Link) => void): Downlink | undefined {
    const { info, publisher } = this.track;
    return this.peer?.subscriber.add(source, {
      trackSid: info.sid,
      streamId: `${publisher.sid}|${STREAM_NAME.test(info.stream) ? info.stream : info.sid}`,
      paused: this.#wanted.disabled,
      // Later, for it may be refused before it is there.
      refused: () => queueMicrotask(() => refused(this)),
      layers: (now) => {
        this.#current = now;
        this.#stream.layers(now);
      },
    });
  }

  #apply(): void {
    if (this.track.info.type !== TrackType.VIDEO) return;
    const quality = wantedQuality(this.track.info, this.codec, this.#wanted);
    this.#demand(this.#wanted.disabled ? undefined : quality);
    if (this.#downlink === undefined || this.source === undefined) return;
    this.#prefer(layersFor(this.source, quality, this.#wanted.fps));
    this.#prioritize();
  }

  #prefer(layers: Layers): void {
    if (this.source === undefined || layerCount(this.source) === 1) return;
    if (layers.spatial === this.#preferred.spatial && layers.temporal === this.#preferred.temporal) return;
    this.#preferred = layers;
    this.#downlink?.prefer(layers);
  }

  #prioritize(): void {
    const priority = priorityOf(this.#wanted.priority, this.track.info.source);
    if (priority === this.#priority || (priority === undefined && this.#priority === undefined)) return;
    this.#priority = priority;
    this.#downlink?.prioritize(priority ?? 1);
  }

  #demand(quality: VideoQuality | undefined): void {
    this.#dynacast?.want(this.codec, this.#quality, quality);
    this.#quality = quality;
  }
}

export interface HowLinked {
  readonly codec: string;
  readonly source: Source | undefined;
  readonly dynacast: Dynacast | undefined;
  readonly wanted: Wanted;
  readonly refused: (link: Link) => void;
}

/** LiveKit counts from 1, the most important; mediasoup from 255. */
function priorityOf(asked: number, source: TrackSource): number | undefined {
  if (asked > 0) return Math.max(SCREEN_PRIORITY + 1, TOP_PRIORITY + 1 - asked);
  return source === TrackSource.SCREEN_SHARE ? SCREEN_PRIORITY : undefined;
}
