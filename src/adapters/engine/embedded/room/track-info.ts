import {
  type AddTrackRequest,
  AudioTrackFeature,
  BackupCodecPolicy,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource,
  TrackType,
  type VideoLayer,
  VideoLayer_Mode,
} from '@livekit/protocol';
import { chooseMime } from '../codecs.ts';
import { newSid } from '../ids.ts';
import type { Source } from '../media/types.ts';

/** What others are told of a track, from what its publisher announced. */
export function announcedTrack(
  asked: AddTrackRequest,
  sid: string,
  publishable: readonly string[],
): TrackInfo {
  const audio = asked.type === TrackType.AUDIO;
  const codecs = announcedCodecs(asked, publishable);
  const main = codecs[0];
  return new TrackInfo({
    sid,
    type: asked.type,
    name: asked.name,
    muted: asked.muted,
    width: asked.width,
    height: asked.height,
    source: asked.source,
    layers: sorted(asked.layers),
    codecs,
    simulcast: asked.simulcastCodecs.length > 0 && !!main && !isSvc(main) && main.layers.length > 1,
    disableDtx: asked.disableDtx,
    // Redundant audio is not carried: receivers would wait for what never comes.
    disableRed: audio || asked.disableRed,
    stereo: asked.stereo,
    encryption: asked.encryption,
    stream: asked.stream || streamOf(asked.source),
    backupCodecPolicy:
      audio && asked.backupCodecPolicy !== BackupCodecPolicy.REGRESSION
        ? BackupCodecPolicy.SIMULCAST
        : asked.backupCodecPolicy,
    audioFeatures: features(asked),
    packetTrailerFeatures: [...new Set(asked.packetTrailerFeatures)],
  });
}

function announcedCodecs(asked: AddTrackRequest, publishable: readonly string[]): SimulcastCodecInfo[] {
  const kind = asked.type === TrackType.AUDIO ? 'audio' : 'video';
  if (asked.simulcastCodecs.length === 0) {
    return [
      new SimulcastCodecInfo({
        cid: asked.cid,
        layers: sorted(asked.layers),
        videoLayerMode: VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM,
      }),
    ];
  }
  const codecs = new Map<string, SimulcastCodecInfo>();
  for (const each of asked.simulcastCodecs) {
    const mimeType = chooseMime(each.codec, kind, publishable);
    if (!mimeType || codecs.has(mimeType)) continue;
    codecs.set(
      mimeType,
      new SimulcastCodecInfo({
        mimeType,
        cid: each.cid,
        layers: sorted(each.layers.length > 0 ? each.layers : asked.layers),
        videoLayerMode:
          each.videoLayerMode || (kind === 'video' ? layerMode(mimeType) : VideoLayer_Mode.MODE_UNUSED),
      }),
    );
  }
  return [...codecs.values()];
}

/** `TR_`, then a letter each for its type and its source: clients rely on the prefix. */
export function newTrackSid(type: TrackType, source: TrackSource): string {
  const letter: Partial<Record<TrackSource, string>> = {
    [TrackSource.CAMERA]: 'C',
    [TrackSource.MICROPHONE]: 'M',
    [TrackSource.SCREEN_SHARE]: 'S',
    [TrackSource.SCREEN_SHARE_AUDIO]: 's',
  };
  return newSid(`TR_${type === TrackType.VIDEO ? 'V' : 'A'}${letter[source] ?? ''}`);
}

/** Media has begun: what was announced gets its codec, its section and where its layers are. */
export function carriedBy(info: TrackInfo, mid: string, source: Source, sdpCid: string): void {
  const mime = source.mime;
  let codec = info.codecs.find((each) => same(each.mimeType, mime));
  if (!codec) {
    // The client offered another codec than it had announced, or announced none.
    codec = info.codecs.find((each) => each.mid === '') ?? new SimulcastCodecInfo({ layers: info.layers });
    codec.mimeType = mime;
    if (!info.codecs.includes(codec)) info.codecs.push(codec);
  }
  codec.mid = mid;
  if (codec.cid !== sdpCid) codec.sdpCid = sdpCid;
  placeLayers(codec.layers, source);
  if (codec !== info.codecs[0]) return;
  info.mid = mid;
  info.mimeType = mime;
  placeLayers(info.layers, source);
}

function placeLayers(layers: readonly VideoLayer[], source: Source): void {
  for (const [index, layer] of layers.entries()) {
    layer.spatialLayer = index;
    layer.rid = source.rids[index] ?? '';
  }
}

/** Camera and microphone play together, the screen and its sound as well. */
function streamOf(source: TrackSource): string {
  if (source === TrackSource.SCREEN_SHARE || source === TrackSource.SCREEN_SHARE_AUDIO) return 'screen';
  return source === TrackSource.UNKNOWN ? 'unknown' : 'camera';
}

function features(asked: AddTrackRequest): AudioTrackFeature[] {
  const all = new Set(asked.audioFeatures);
  if (asked.stereo) all.add(AudioTrackFeature.TF_STEREO);
  if (asked.disableDtx) all.add(AudioTrackFeature.TF_NO_DTX);
  return [...all];
}

export const same = (mime: string, other: string) => mime.toLowerCase() === other.toLowerCase();
const sorted = (layers: readonly VideoLayer[]) =>
  layers.map((layer) => layer.clone()).sort((a, b) => a.quality - b.quality);
const isSvc = (codec: SimulcastCodecInfo) =>
  codec.videoLayerMode === VideoLayer_Mode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM;
const layerMode = (mime: string) =>
  same(mime, 'video/vp9')
    ? VideoLayer_Mode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM
    : VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM;
