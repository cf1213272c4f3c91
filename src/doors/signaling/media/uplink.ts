import type { RequestResponse, SignalRequest, TrackInfo } from '@livekit/protocol';
import { MuteTrackRequest, RequestResponse_Reason as Reason, TrackSource } from '@livekit/protocol';
import type { OfferedSection } from '../../offered-sections.ts';
import { announcementOf, likelySource, sectionsOf } from '../../offered-sections.ts';
import type { Source } from './sources.ts';
import { sourceOf, wordOf } from './sources.ts';

/** A page that renegotiates keeps its old sections for ever. */
const GREATEST_SECTIONS = 100;

type Send = (message: SignalRequest['message']) => void;
type Verdict = { taken: true } | { taken: false; reason: Reason };

interface Published {
  readonly track: string;
  readonly source: TrackSource;
  sid: string;
  muted: boolean;
}

/** A section that must not send, and why. */
export interface RefusedSection {
  readonly mid: string;
  readonly source: Source | null;
  readonly reason: Reason;
}

/** What a client publishes: a page of plain WebRTC announces nothing, so this does it from its offers. */
export class Uplink {
  readonly #published = new Map<string, Published>();
  /** Announcements that the engine has not answered, by the track's id. */
  readonly #waiting = new Map<string, ((verdict: Verdict) => void)[]>();
  /** Sections whose track was ended by the server: the engine knows them so until an offer takes them back. */
  readonly #ended = new Set<string>();
  /** As this person said last, before or after the track is there. */
  readonly #flags = new Map<TrackSource, boolean>();

  /**
   * Announces what an offer sends that was not sent before. Answers the offer as the engine is to see
   * it, with refused sections silent: so they carry nothing, nor anything announced for another one.
   * Throws `invalid` for what is no offer.
   */
  async announce(sdp: string, said: Readonly<Record<string, Source>>, send: Send) {
    const sections = sectionsOf(sdp, GREATEST_SECTIONS);
    const sending = new Map(sections.filter(({ sends }) => sends).map((section) => [section.mid, section]));
    for (const [mid, { track }] of this.#published)
      if (sending.get(mid)?.track !== track) this.#published.delete(mid);
    const announced = [...sending.values()]
      .filter(({ mid }) => !this.#published.has(mid))
      .map((section) => this.#announce(section, said[section.mid], send));
    const verdicts = await Promise.all(announced);
    const refused = verdicts.filter((verdict) => verdict !== undefined);
    const silent = new Set(refused.map(({ mid }) => mid));
    // Taken back first: the next offer may have it again.
    for (const mid of this.#ended) if (sending.has(mid)) silent.add(mid);
    this.#ended.clear();
    return { sdp: silenced(sdp, silent), refused };
  }

  async #announce(section: OfferedSection, said: Source | undefined, send: Send) {
    const { kind, mid, track } = section;
    const first = ![...this.#published.values()].some(({ source }) => source === likelySource(section, true));
    const source = said === undefined || !fits(kind, said) ? likelySource(section, first) : sourceOf(said);
    const muted = this.#flags.get(source) === false;
    this.#published.set(mid, { track, source, sid: '', muted });
    const verdict = await new Promise<Verdict>((resolve) => {
      this.#waiting.set(track, [...(this.#waiting.get(track) ?? []), resolve]);
      send({ case: 'addTrack', value: announcementOf(section, source, muted) });
    });
    if (verdict.taken) return undefined;
    this.#published.delete(mid);
    return { mid, source: wordOf(source), reason: verdict.reason };
  }

  /** The engine takes an announced track. */
  taken(cid: string, { sid }: TrackInfo): void {
    for (const one of this.#published.values()) if (one.track === cid && one.sid === '') one.sid = sid;
    this.#settle(cid, { taken: true });
  }

  /** The engine's answer to an announcement, where it is not what `taken` says. */
  answered({ reason, request }: RequestResponse): void {
    if (request.case !== 'addTrack') return;
    // Until the track of the same id is gone, which this very offer ends.
    this.#settle(request.value.cid, reason === Reason.QUEUED ? { taken: true } : { taken: false, reason });
  }

  /** The engine has ended a track: what it may not publish any more. */
  ended(sid: string): RefusedSection | undefined {
    for (const [mid, { sid: known, source }] of this.#published) {
      if (known !== sid) continue;
      this.#published.delete(mid);
      this.#ended.add(mid);
      return { mid, source: wordOf(source), reason: Reason.NOT_ALLOWED };
    }
    return undefined;
  }

  /** The engine has muted a track, or not any more: which one. */
  muted(sid: string, muted: boolean): { mid: string; source: Source | null } | undefined {
    for (const [mid, one] of this.#published) {
      if (one.sid !== sid) continue;
      one.muted = muted;
      return { mid, source: wordOf(one.source) };
    }
    return undefined;
  }

  /** What this person says of microphone and camera holds for the tracks, those to come too. */
  say(flags: { audio?: boolean; video?: boolean }, send: Send): void {
    if (flags.audio !== undefined) this.#flags.set(TrackSource.MICROPHONE, flags.audio);
    if (flags.video !== undefined) this.#flags.set(TrackSource.CAMERA, flags.video);
    for (const one of this.#published.values()) {
      const on = this.#flags.get(one.source);
      if (on === undefined || one.sid === '' || one.muted === !on) continue;
      one.muted = !on;
      send({ case: 'mute', value: new MuteTrackRequest({ sid: one.sid, muted: !on }) });
    }
  }

  /** The session is over: nothing is answered any more. What was said of microphone and camera stays said. */
  reset(): void {
    this.#published.clear();
    this.#ended.clear();
    for (const cid of [...this.#waiting.keys()]) {
      while (this.#waiting.has(cid)) this.#settle(cid, { taken: true });
    }
  }

  #settle(cid: string, verdict: Verdict): void {
    const [first, ...others] = this.#waiting.get(cid) ?? [];
    if (others.length > 0) this.#waiting.set(cid, others);
    else this.#waiting.delete(cid);
    first?.(verdict);
  }
}

const fits = (kind: OfferedSection['kind'], source: Source): boolean =>
  (kind === 'audio') === (source === 'microphone' || source === 'screen_share_audio');

/** The description with these sections inactive. */
function silenced(sdp: string, mids: ReadonlySet<string>): string {
  if (mids.size === 0) return sdp;
  return sdp
    .split(/^(?=m=)/m)
    .map((section) => {
      const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
      if (mid === undefined || !mids.has(mid)) return section;
      const without = section.replace(/^a=(?:sendrecv|sendonly|recvonly)\r?\n/m, '');
      return `${without}${without.endsWith('\n') ? '' : '\r\n'}a=inactive\r\n`;
    })
    .join('');
}
