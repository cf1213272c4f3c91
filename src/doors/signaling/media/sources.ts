import { TrackSource } from '@livekit/protocol';
import type { SOURCES } from '../parts.ts';

export type Source = (typeof SOURCES)[number];

const BY_WORD: Readonly<Record<Source, TrackSource>> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

export const sourceOf = (word: Source): TrackSource => BY_WORD[word];

export const wordOf = (source: TrackSource): Source | null => {
  const words = Object.keys(BY_WORD) as Source[];
  return words.find((word) => BY_WORD[word] === source) ?? null;
};
