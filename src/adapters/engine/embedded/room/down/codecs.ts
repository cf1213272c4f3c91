import { BackupCodecPolicy, type TrackInfo } from '@livekit/protocol';
import type { Source } from '../../media/types.ts';
import type { PublishedTrack } from '../types.ts';

/** `VP8`, `vp8` and `video/VP8` are all `video/vp8`. */
export function codecOf(mime: string, kind: 'audio' | 'video'): string {
  const name = mime.toLowerCase();
  return name.includes('/') ? name : `${kind}/${name}`;
}

/** As dynacast messages call it: `vp8`. */
export function shortName(codec: string): string {
  return codec.slice(codec.indexOf('/') + 1);
}

/** Every codec the track is sent in or can be, the one it is sent in first before its backup. */
export function codecsOf(track: PublishedTrack): string[] {
  const announced = track.info.codecs
    .filter((codec) => codec.mimeType !== '')
    .map((codec) => codecOf(codec.mimeType, 'video'));
  return [...new Set([...track.sources.keys(), ...announced])];
}

/** Whether everybody moves to the backup when one client cannot have the main codec. */
export function regresses(info: TrackInfo): boolean {
  return info.backupCodecPolicy !== BackupCodecPolicy.SIMULCAST;
}

/**
 * The codec a client gets of a track: the first that it does not refuse and that is sent; one that
 * its publisher can be asked for when none is. Undefined: there is none for it.
 */
export function chooseCodec(
  track: PublishedTrack,
  refused: (codec: string) => boolean,
  regressed: boolean,
): string | undefined {
  const possible = codecsOf(track).filter((codec) => !refused(codec));
  const sent = possible.filter((codec) => openSource(track, codec) !== undefined);
  const main = track.sources.keys().next().value;
  const preferred = regressed ? sent.find((codec) => codec !== main) : undefined;
  return preferred ?? sent[0] ?? possible[0];
}

export function openSource(track: PublishedTrack, codec: string): Source | undefined {
  const source = track.sources.get(codec);
  return source === undefined || source.closed ? undefined : source;
}
