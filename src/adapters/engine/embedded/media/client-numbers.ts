import type { types } from 'mediasoup';
import { type MediaDescription, parseParams, type SessionDescription } from 'sdp-transform';
import type { ClientNumbers } from './mapped-consume.ts';

/** Payload types that RTP has free, those that clients use least first. */
const FREE_TYPES = [...range(35, 63), ...range(96, 127)];

/**
 * What the client's section can take: once as the router numbers it, for `consumeAs`, and once as the client does.
 * Only codecs and extensions that both have.
 */
export function clientNumbers(
  offer: SessionDescription,
  section: MediaDescription,
  router: types.RtpCapabilities,
): { capabilities: types.RtpCapabilities; numbers: ClientNumbers } {
  const payloadTypes = new Map<number, number>();
  const codecs = (router.codecs ?? []).flatMap((codec) => {
    const found = codec.kind === section.type && offered(section).find((one) => same(codec, one));
    if (!found || codec.preferredPayloadType === undefined) return [];
    payloadTypes.set(codec.preferredPayloadType, found.payload);
    return [{ ...codec, rtcpFeedback: sharedFeedback(codec, found.payload, section) }];
  });
  const rtx = (router.codecs ?? []).filter((codec) => {
    if (!isRtx(codec.mimeType) || codec.preferredPayloadType === undefined) return false;
    const repaired = payloadTypes.get(Number(codec.parameters?.apt));
    const found = offered(section).find((one) => isRtx(one.mime) && Number(one.parameters.apt) === repaired);
    if (repaired === undefined || !found) return false;
    payloadTypes.set(codec.preferredPayloadType, found.payload);
    return true;
  });
  const extensions = new Map<number, number>();
  const headerExtensions = (router.headerExtensions ?? []).filter((extension) => {
    const found = extension.kind === section.type && section.ext?.find(({ uri }) => uri === extension.uri);
    if (found) extensions.set(extension.preferredId, found.value);
    return Boolean(found);
  });
  const used = new Set(offer.media.flatMap(({ rtp = [] }) => rtp.map(({ payload }) => payload)));
  const idlePayloadType = FREE_TYPES.find((type) => !used.has(type)) ?? 127;
  return {
    capabilities: { codecs: [...codecs, ...rtx], headerExtensions },
    numbers: { payloadTypes, extensions, idlePayloadType },
  };
}

interface Offered {
  payload: number;
  mime: string;
  clockRate: number;
  channels: number;
  parameters: Record<string, string | number>;
}

const offered = ({ type, rtp = [], fmtp = [] }: MediaDescription): Offered[] =>
  rtp.map(({ payload, codec, rate, encoding }) => ({
    payload,
    mime: `${type}/${codec}`.toLowerCase(),
    clockRate: rate ?? 0,
    channels: Number(encoding ?? 1),
    parameters: parseParams(fmtp.find((one) => one.payload === payload)?.config ?? ''),
  }));

function same(codec: types.RtpCodecCapability, other: Offered): boolean {
  const mime = codec.mimeType.toLowerCase();
  if (isRtx(mime) || mime !== other.mime) return false;
  if (codec.clockRate !== other.clockRate || (codec.channels ?? 1) !== other.channels) return false;
  const both = (key: string, absent: string): [string, string] => [
    String(codec.parameters?.[key] ?? absent),
    String(other.parameters[key] ?? absent),
  ];
  const equal = ([ours, theirs]: [string, string]): boolean => ours === theirs;
  if (mime === 'video/vp9') return equal(both('profile-id', '0'));
  if (mime !== 'video/h264') return true;
  const [ours, theirs] = both('profile-level-id', '42001f');
  return equal(both('packetization-mode', '0')) && h264Profile(ours) === h264Profile(theirs);
}

/** RFC 6184, table 5: several spellings of one profile; the level may differ. */
function h264Profile(profileLevelId: string): string {
  const profile = Number.parseInt(profileLevelId.slice(0, 2), 16);
  const constraints = Number.parseInt(profileLevelId.slice(2, 4), 16);
  const constrainedBaseline =
    (profile === 0x42 && (constraints & 0x40) !== 0) ||
    (profile === 0x4d && (constraints & 0x80) !== 0) ||
    (profile === 0x58 && (constraints & 0xc0) === 0xc0);
  if (constrainedBaseline) return 'constrained baseline';
  return profile === 0x64 && constraints === 0x0c ? 'constrained high' : String(profile);
}

const sharedFeedback = (
  codec: types.RtpCodecCapability,
  payload: number,
  section: MediaDescription,
): types.RtcpFeedback[] =>
  (codec.rtcpFeedback ?? []).filter(({ type, parameter }) =>
    section.rtcpFb?.some(
      (one) =>
        (one.payload === payload || String(one.payload) === '*') &&
        one.type === type &&
        (one.subtype ?? '') === (parameter ?? ''),
    ),
  );

const isRtx = (mime: string): boolean => /\/rtx$/i.test(mime);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
