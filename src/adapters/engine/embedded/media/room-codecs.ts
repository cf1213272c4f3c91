import { ortc, type types } from 'mediasoup';

const h264 = (profile: string, packetization: 0 | 1): types.RouterRtpCodecCapability => ({
  kind: 'video',
  mimeType: 'video/H264',
  clockRate: 90_000,
  parameters: {
    'level-asymmetry-allowed': 1,
    'packetization-mode': packetization,
    'profile-level-id': profile,
  },
});

/**
 * What every room carries, the most compatible first. H.264 stands here once for each profile and
 * packetization that clients send: a stream of one of them is not repacked into another.
 */
export const ROOM_CODECS: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { minptime: 10, useinbandfec: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
  h264('42e01f', 1),
  h264('42e01f', 0),
  h264('42001f', 1),
  h264('42001f', 0),
  h264('4d001f', 1),
  h264('4d001f', 0),
  h264('64001f', 1),
  h264('640c1f', 1),
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 2 } },
];

/** Extensions that nobody here reads, or that would only be heard by other servers. */
const UNUSED = /packet-id|abs-capture-time|toffset|playout-delay|dependency-descriptor/;

const all = ortc.generateRouterRtpCapabilities(ROOM_CODECS);

/** The same for every router, so it is known before there is one: with what numbers it sends. */
export const ROOM_CAPABILITIES = {
  codecs: all.codecs ?? [],
  headerExtensions: (all.headerExtensions ?? []).filter(({ uri }) => !UNUSED.test(uri)),
} as const;
