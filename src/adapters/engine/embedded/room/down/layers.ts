import { type TrackInfo, type UpdateTrackSettings, VideoQuality } from '@livekit/protocol';
import type { Layers } from '../../media/measures.ts';
import type { Source } from '../../media/types.ts';
import { codecOf } from './codecs.ts';

/** How much of a track its subscriber wants. */
export type Wanted = Pick<
  UpdateTrackSettings,
  'disabled' | 'quality' | 'width' | 'height' | 'fps' | 'priority'
>;

/** LiveKit lets a layer do that is up to a tenth smaller than what was asked for. */
const TOLERANCE = 0.9;
/** What LiveKit's clients call their simulcast layers, from low to high. */
const RIDS = ['q', 'h', 'f'];
/** Frames a second of a track that says nothing of them. */
const USUAL_FPS = 30;

/** How many qualities there are to choose from. */
export function layerCount(source: Source): number {
  return Math.max(1, source.rids.length, source.svcLayers);
}

/** The quality a subscriber asks for, by name or by the size it shows. */
export function wantedQuality(info: TrackInfo, codec: string, wanted: Wanted): VideoQuality {
  if (wanted.width === 0 && wanted.height === 0) return atMost(wanted.quality);
  const given = heightsOf(info, codec);
  const heights = given ?? [180, 360, info.height];
  // Without sizes from the publisher an upright picture is compared by its shorter side.
  const upright = given === undefined && info.width < info.height;
  if (given === undefined && info.height === 0) return VideoQuality.HIGH;
  if (upright) heights[2] = info.width;
  const least = Math.floor((upright ? wanted.width : wanted.height) * TOLERANCE);
  const index = heights.findIndex((height, at) => height >= least && height !== heights[at + 1]);
  return atMost(index < 0 ? heights.length - 1 : index);
}

function heightsOf(info: TrackInfo, codec: string): number[] | undefined {
  const own = info.codecs.find((one) => codecOf(one.mimeType, 'video') === codec)?.layers ?? [];
  const heights = (own.length > 0 ? own : info.layers).map((layer) => layer.height);
  if (heights.length === 0 || heights.some((height) => height === 0)) return undefined;
  return heights.sort((a, b) => a - b);
}

/** The greatest layers of this source that are to be sent for a quality. */
export function layersFor(source: Source, quality: VideoQuality, fps: number): Layers {
  const spatial = spatialFor(source, quality);
  const temporal = temporalFor(fps);
  return temporal === undefined ? { spatial } : { spatial, temporal };
}

function spatialFor(source: Source, quality: VideoQuality): number {
  const named = source.rids.map((rid) => RIDS.indexOf(rid));
  if (named.length === 0 || named.includes(-1)) return Math.min(quality, layerCount(source) - 1);
  return Math.max(
    0,
    named.findLastIndex((of) => of <= quality),
  );
}

/** Publishers send three temporal layers, each with twice the frames of the one below. */
function temporalFor(fps: number): number | undefined {
  if (fps <= 0 || fps > USUAL_FPS / 2) return undefined;
  return fps > USUAL_FPS / 4 ? 1 : 0;
}

function atMost(quality: number): VideoQuality {
  if (quality >= VideoQuality.HIGH) return VideoQuality.HIGH;
  return quality === VideoQuality.LOW ? VideoQuality.LOW : VideoQuality.MEDIUM;
}
