import { TrackType } from '@livekit/protocol';
import type { PublishedTrack } from '../types.ts';
import { Dynacast } from './dynacast.ts';
import type { Link } from './link.ts';

/** One published track with everybody who gets it. */
export class Entry {
  readonly track: PublishedTrack;
  /** By the subscriber's sid. */
  readonly links = new Map<string, Link>();
  readonly dynacast: Dynacast | undefined;
  /** The publisher knows that somebody has subscribed. */
  told = false;
  /** Somebody cannot have the main codec, so everybody gets the backup once it is there. */
  regressed = false;
  #begun = false;

  constructor(track: PublishedTrack) {
    this.track = track;
    this.dynacast = track.info.type === TrackType.VIDEO ? new Dynacast(track) : undefined;
    this.begin();
  }

  /** Takes note of the codec the track begins with, once it has. */
  begin(): void {
    const main = this.track.sources.keys().next().value;
    if (this.#begun || main === undefined) return;
    this.#begun = true;
    this.dynacast?.begins(main);
  }

  /** The greatest spatial layer anybody gets now. */
  greatestLayer(): number {
    let greatest = 0;
    for (const link of this.links.values()) greatest = Math.max(greatest, link.layers?.current ?? 0);
    return greatest;
  }

  close(): void {
    this.dynacast?.close();
  }
}
