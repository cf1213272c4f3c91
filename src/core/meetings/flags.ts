import type { TrackSourceName, TrackState } from '../../ports/media-room.ts';
import type { MediaFlags } from './meeting.ts';

/** Which flag a track of the engine stands for. */
export const KINDS: Readonly<Partial<Record<TrackSourceName, keyof MediaFlags>>> = {
  microphone: 'audio',
  camera: 'video',
  screen_share: 'screen',
};

/** What these tracks say; of what there is no track for they say nothing. */
export function flagsOf(tracks: readonly TrackState[]): Partial<MediaFlags> {
  const flags: Partial<MediaFlags> = {};
  for (const { source, muted } of tracks) {
    const kind = KINDS[source];
    if (kind) flags[kind] = (flags[kind] ?? false) || !muted;
  }
  return flags;
}

/** Whether these say something else. */
export const differ = (media: MediaFlags, flags: Partial<MediaFlags>): boolean =>
  Object.values(KINDS).some((kind) => flags[kind] !== undefined && flags[kind] !== media[kind]);
