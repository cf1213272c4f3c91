import { type UpdateTrackSettings, VideoQuality } from '@livekit/protocol';
import type { Member } from '../types.ts';
import type { Wanted } from './layers.ts';
import type { Link } from './link.ts';

/** What one member may keep about tracks; more than any room has, and an end to what a client can fill. */
const KEPT = 20_000;

const AT_FIRST: Wanted = {
  disabled: false,
  quality: VideoQuality.HIGH,
  width: 0,
  height: 0,
  fps: 0,
  priority: 0,
};

/** What one member wants, may not have and gets. */
export class Wants {
  readonly member: Member;
  /** By track. */
  readonly links = new Map<string, Link>();
  /** Tracks it has been told that it may not have. */
  readonly denied = new Set<string>();
  /** Tracks it has been told that no codec of theirs suits it. */
  readonly unsuited = new Set<string>();
  /** Its connection is up: subscriptions can be made. */
  ready = false;
  readonly #wishes = new Map<string, boolean>();
  readonly #settings = new Map<string, Wanted>();
  readonly #refused = new Map<string, Set<string>>();
  /** Codecs the client has none of, whatever the track. */
  readonly #never = new Set<string>();

  constructor(member: Member) {
    this.member = member;
  }

  wants(trackSid: string): boolean {
    return this.#wishes.get(trackSid) ?? this.member.autoSubscribe;
  }

  /** A wish said anew is tried anew, whatever was refused before. False: too many of them. */
  wish(trackSid: string, subscribe: boolean): boolean {
    if (!this.#wishes.has(trackSid) && this.#wishes.size >= KEPT) return false;
    this.#wishes.set(trackSid, subscribe);
    if (subscribe) {
      this.denied.delete(trackSid);
      this.unsuited.delete(trackSid);
      for (const codec of this.#refused.get(trackSid) ?? []) this.#never.delete(codec);
      this.#refused.delete(trackSid);
    }
    return true;
  }

  settings(trackSid: string): Wanted {
    const kept = this.#settings.get(trackSid);
    if (kept !== undefined) return kept;
    return this.member.adaptiveStream ? { ...AT_FIRST, quality: VideoQuality.LOW } : AT_FIRST;
  }

  set(trackSid: string, asked: UpdateTrackSettings | Wanted): void {
    if (!this.#settings.has(trackSid) && this.#settings.size >= KEPT) return;
    const { disabled, quality, width, height, fps, priority } = asked;
    this.#settings.set(trackSid, { disabled, quality, width, height, fps, priority });
  }

  /**
   * A track that begins anew is not stopped by what an adaptive client said of its last picture:
   * such a client measures what it sees, so it must see something.
   */
  beginsAnew(trackSid: string): void {
    const kept = this.#settings.get(trackSid);
    if (this.member.adaptiveStream && kept?.disabled)
      this.#settings.set(trackSid, { ...kept, disabled: false });
  }

  refuse(trackSid: string, codec: string): void {
    const refused = this.#refused.get(trackSid) ?? new Set();
    this.#refused.set(trackSid, refused.add(codec));
    // One profile of H264 refused says nothing about another; the others come in one that all have.
    if (codec !== 'video/h264') this.#never.add(codec);
  }

  refuses(trackSid: string, codec: string): boolean {
    return this.#never.has(codec) || (this.#refused.get(trackSid)?.has(codec) ?? false);
  }

  forget(trackSid: string): void {
    this.#wishes.delete(trackSid);
    this.#settings.delete(trackSid);
    this.#refused.delete(trackSid);
    this.denied.delete(trackSid);
    this.unsuited.delete(trackSid);
  }
}
