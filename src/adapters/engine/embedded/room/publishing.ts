import {
  type AddTrackRequest,
  AudioTrackFeature,
  MuteTrackRequest,
  RequestResponse_Reason as Reason,
  TimedVersion,
  type TrackInfo,
  TrackPublishedResponse,
  TrackType,
  TrackUnpublishedResponse,
  type UpdateLocalAudioTrack,
  type UpdateLocalVideoTrack,
} from '@livekit/protocol';
import { LIMITS } from '../limits.ts';
import type { AcceptedTrack, OfferedTrack, Source } from '../media/types.ts';
import { tooMuch } from './asked-too-much.ts';
import { Pending } from './pending.ts';
import { mayPublish } from './permission.ts';
import { answer } from './request-response.ts';
import { announcedTrack, carriedBy, newTrackSid, same } from './track-info.ts';
import type { Member, PublishedTrack } from './types.ts';

/** What a member publishes needs of the room around it. */
export interface Publisher extends Member {
  /** MIME types, the most compatible first. */
  readonly publishable: readonly string[];
  trackBegan(track: PublishedTrack): void;
  codecAdded(track: PublishedTrack, source: Source): void;
  /** Its name, size, features or mute state: also its publisher is told. */
  trackChanged(track: PublishedTrack): void;
  trackMuted(track: PublishedTrack): void;
  trackEnded(track: PublishedTrack): void;
}

interface Track extends PublishedTrack {
  readonly cid: string;
  readonly sources: Map<string, Source>;
  /** Which codec a section carries. */
  readonly mids: Map<string, string>;
}

/** The tracks of one member, from their announcement to their end. */
export class Publishing {
  readonly tracks = new Map<string, Track>();
  readonly #member: Publisher;
  readonly #now: () => number;
  readonly #pending = new Pending();
  /** Matched with a section, which the media plane is setting up. */
  readonly #starting = new Map<string, { cid: string; info: TrackInfo }>();

  constructor(member: Publisher, now: () => number) {
    this.#member = member;
    this.#now = now;
  }

  announce(asked: AddTrackRequest): void {
    const refused = asked.sid === '' ? this.#announceNew(asked) : this.#announceBackup(asked);
    if (refused !== undefined) answer(this.#member, refused, { case: 'addTrack', value: asked });
  }

  #announceNew(asked: AddTrackRequest): Reason | undefined {
    if (!mayPublish(this.#member.permission, asked.source)) return Reason.NOT_ALLOWED;
    if (asked.type !== TrackType.AUDIO && asked.type !== TrackType.VIDEO) return Reason.UNSUPPORTED_TYPE;
    const count = this.tracks.size + this.#starting.size + this.#pending.count;
    if (tooMuch(asked) || count >= LIMITS.tracksPerMember) return Reason.LIMIT_EXCEEDED;

    const sid = this.#pending.sidOf(asked.cid) ?? newTrackSid(asked.type, asked.source);
    const info = announcedTrack(asked, sid, this.#member.publishable);
    if (this.#pending.add(asked.cid, info, this.#inUse(asked.cid)) === 'queued') return Reason.QUEUED;
    this.#confirm(asked.cid, info);
    return undefined;
  }

  /** A further codec of a track that is published: its section comes with the next offer. */
  #announceBackup(asked: AddTrackRequest): Reason | undefined {
    const track = this.tracks.get(asked.sid);
    if (!track) return Reason.NOT_FOUND;
    if (tooMuch(asked)) return Reason.LIMIT_EXCEEDED;
    for (const wanted of asked.simulcastCodecs) {
      const name = wanted.codec.split('/').at(-1) ?? '';
      const codec = track.info.codecs.find((each) => same(each.mimeType, `video/${name}`));
      if (!codec) continue;
      codec.cid = wanted.cid;
      if (wanted.layers.length > 0) codec.layers = wanted.layers.map((layer) => layer.clone());
    }
    this.#confirm(asked.cid, track.info);
    return undefined;
  }

  match(offered: OfferedTrack): AcceptedTrack | undefined {
    const again = [...this.#starting.values()].find(({ cid }) => cid === offered.trackId && cid !== '');
    if (again) return accepted(again.info);
    const exact = this.#pending.exact(offered);
    if (exact === undefined) {
      const backup = this.#backupFor(offered);
      if (backup) return backup;
    }
    const cid = exact ?? this.#pending.likely(offered);
    const info = cid === undefined ? undefined : this.#pending.take(cid);
    if (cid === undefined || !info) return undefined;
    this.#starting.set(info.sid, { cid, info });
    return accepted(info);
  }

  #backupFor(offered: OfferedTrack): AcceptedTrack | undefined {
    if (offered.trackId === '') return undefined;
    for (const { info, sources } of this.tracks.values()) {
      const codec = info.codecs.find((each) => each.cid === offered.trackId);
      if (codec?.mimeType && !sources.has(codec.mimeType.toLowerCase()))
        return accepted(info, codec.mimeType);
    }
    return undefined;
  }

  published({ trackSid }: AcceptedTrack, mid: string, source: Source): void {
    const known = this.tracks.get(trackSid);
    if (known) this.#codecBegan(known, mid, source);
    else this.#begin(trackSid, mid, source);
  }

  #begin(trackSid: string, mid: string, source: Source): void {
    const starting = this.#starting.get(trackSid);
    this.#starting.delete(trackSid);
    if (!starting || !mayPublish(this.#member.permission, starting.info.source)) {
      source.close();
      if (starting) this.#tellUnpublished(trackSid);
      return;
    }
    const { cid, info } = starting;
    info.version = new TimedVersion({ unixMicro: BigInt(this.#now()) * 1000n });
    const track: Track = { publisher: this.#member, cid, info, sources: new Map(), mids: new Map() };
    this.#carry(track, mid, source);
    this.tracks.set(info.sid, track);
    this.#member.trackBegan(track);
  }

  #codecBegan(track: Track, mid: string, source: Source): void {
    this.#carry(track, mid, source);
    this.#member.codecAdded(track, source);
  }

  #carry(track: Track, mid: string, source: Source): void {
    const mime = source.mime.toLowerCase();
    track.sources.set(mime, source);
    track.mids.set(mid, mime);
    carriedBy(track.info, mid, source, track.cid);
    if (track.info.muted) source.pause();
  }

  /** The section no longer sends. The track lasts as long as one of its codecs does. */
  ended(trackSid: string, mid: string): void {
    this.#starting.delete(trackSid);
    const track = this.tracks.get(trackSid);
    if (!track) return;
    const mime = track.mids.get(mid);
    track.mids.delete(mid);
    if (mime) track.sources.delete(mime);
    if (track.sources.size === 0) this.#end(track);
    else this.#member.trackChanged(track);
  }

  /** What the member may no longer publish stops, and its client is told. */
  revoke(): void {
    const { permission } = this.#member;
    for (const track of [...this.tracks.values()]) {
      if (mayPublish(permission, track.info.source)) continue;
      this.#end(track);
      this.#tellUnpublished(track.info.sid);
    }
  }

  /** From the client, or from the server: then the client is asked to mute itself as well. */
  mute(sid: string, muted: boolean, byServer: boolean): TrackInfo | undefined {
    if (byServer) this.#member.send({ case: 'mute', value: new MuteTrackRequest({ sid, muted }) });
    const waiting = this.#pending.bySid(sid) ?? this.#starting.get(sid)?.info;
    if (waiting) waiting.muted = muted;
    const track = this.tracks.get(sid);
    if (!track) return waiting;
    if (track.info.muted === muted) return track.info;
    track.info.muted = muted;
    for (const source of track.sources.values()) {
      if (muted) source.pause();
      else source.resume();
    }
    this.#member.trackMuted(track);
    return track.info;
  }

  updateAudio(asked: UpdateLocalAudioTrack): boolean {
    const features = [...new Set(asked.features)].slice(0, LIMITS.trackFeatures);
    return this.#update(asked.trackSid, (info) => {
      info.audioFeatures = features;
      info.stereo = info.audioFeatures.includes(AudioTrackFeature.TF_STEREO);
      info.disableDtx = info.audioFeatures.includes(AudioTrackFeature.TF_NO_DTX);
    });
  }

  updateVideo(asked: UpdateLocalVideoTrack): boolean {
    return this.#update(asked.trackSid, (info) => {
      info.width = asked.width;
      info.height = asked.height;
    });
  }

  /** Published, or announced and on its way. */
  knows(sid: string): boolean {
    return this.tracks.has(sid) || this.#starting.has(sid) || this.#pending.bySid(sid) !== undefined;
  }

  close(): void {
    for (const track of [...this.tracks.values()]) this.#end(track);
  }

  #end(track: Track): void {
    this.tracks.delete(track.info.sid);
    for (const source of track.sources.values()) source.close();
    this.#member.trackEnded(track);
    const next = this.#member.closed ? undefined : this.#pending.freed(track.cid);
    if (next) this.#confirm(track.cid, next);
  }

  #update(sid: string, change: (info: TrackInfo) => void): boolean {
    const track = this.tracks.get(sid);
    const info = track?.info ?? this.#starting.get(sid)?.info ?? this.#pending.bySid(sid);
    if (!info) return false;
    change(info);
    if (track) this.#member.trackChanged(track);
    return true;
  }

  #inUse(cid: string): boolean {
    const starting = [...this.#starting.values()].some((each) => each.cid === cid);
    return starting || [...this.tracks.values()].some((track) => track.cid === cid);
  }

  #confirm(cid: string, info: TrackInfo): void {
    const track = info.clone();
    this.#member.send({ case: 'trackPublished', value: new TrackPublishedResponse({ cid, track }) });
  }

  #tellUnpublished(trackSid: string): void {
    this.#member.send({ case: 'trackUnpublished', value: new TrackUnpublishedResponse({ trackSid }) });
  }
}

function accepted(info: TrackInfo, mime = info.codecs[0]?.mimeType ?? ''): AcceptedTrack {
  return {
    trackSid: info.sid,
    ...(mime ? { codec: mime.toLowerCase() } : {}),
    stereo: info.stereo,
    dtx: !info.disableDtx,
  };
}
