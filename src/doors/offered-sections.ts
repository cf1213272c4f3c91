import { AddTrackRequest, TrackSource, TrackType, VideoLayer, VideoQuality } from '@livekit/protocol';
import { invalid } from '../core/errors.ts';

/** More sections than this are nobody's encoder. */
const GREATEST_SECTIONS = 16;

/** A media section as far as the doors need to know it. */
export interface OfferedSection {
  readonly kind: 'audio' | 'video';
  readonly mid: string;
  readonly sends: boolean;
  readonly receives: boolean;
  readonly stream: string;
  /** The second word of `a=msid`; the mid where the offer has none. */
  readonly track: string;
  readonly rids: readonly string[];
}

/** Throws `invalid` for a text that is no offer. What the sections hold is the engine's to judge. */
export function sectionsOf(sdp: string, greatest = GREATEST_SECTIONS): OfferedSection[] {
  const [session = '', ...media] = sdp.split(/\r?\n(?=m=)/);
  if (!session.startsWith('v=0') || media.length === 0 || media.length > greatest) throw invalid('sdp');
  return media.flatMap((text): OfferedSection[] => {
    const lines = text.split(/\r?\n/);
    const kind = /^m=(audio|video) /.exec(lines[0] ?? '')?.[1];
    if (kind !== 'audio' && kind !== 'video') return [];
    const mid = restOf(lines, 'a=mid:') ?? '';
    const [stream = '', track = mid] = (restOf(lines, 'a=msid:') ?? '').split(' ').filter(Boolean);
    const rejected = / 0 /.test(lines[0]?.slice(0, kind.length + 5) ?? '');
    const way = lines.find((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.test(line)) ?? 'a=sendrecv';
    return [
      {
        kind,
        mid,
        sends: !rejected && (way === 'a=sendrecv' || way === 'a=sendonly'),
        receives: !rejected && (way === 'a=sendrecv' || way === 'a=recvonly'),
        stream,
        track,
        rids: (/^a=simulcast:send ([^ ]+)/m.exec(text)?.[1] ?? '').split(';').filter(Boolean),
      },
    ];
  });
}

/** The announcement that LiveKit's clients make before they offer, and clients of plain WebRTC do not. */
export function announcementOf(section: OfferedSection, source: TrackSource, muted = false): AddTrackRequest {
  const audio = section.kind === 'audio';
  return new AddTrackRequest({
    cid: section.track,
    name: section.kind,
    type: audio ? TrackType.AUDIO : TrackType.VIDEO,
    source,
    muted,
    stream: section.stream,
    layers: audio ? [] : layersOf(section.rids),
  });
}

/** A client's first picture is its camera, a second one its screen, unless it says otherwise. */
export function likelySource({ kind }: OfferedSection, first: boolean): TrackSource {
  if (kind === 'audio') return first ? TrackSource.MICROPHONE : TrackSource.SCREEN_SHARE_AUDIO;
  return first ? TrackSource.CAMERA : TrackSource.SCREEN_SHARE;
}

/** Sizes are not said in an offer: rids come in rising quality, as RFC 8853 would have the best last or first. */
function layersOf(rids: readonly string[]): VideoLayer[] {
  const qualities = [VideoQuality.LOW, VideoQuality.MEDIUM, VideoQuality.HIGH];
  return rids.slice(0, qualities.length).map((rid, i) => new VideoLayer({ quality: qualities[i] ?? 0, rid }));
}

const restOf = (lines: readonly string[], name: string) =>
  lines.find((line) => line.startsWith(name))?.slice(name.length);
