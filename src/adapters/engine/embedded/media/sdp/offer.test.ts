import { ortc, type types } from 'mediasoup';
import { expect, test } from 'vitest';
import { ROOM_CAPABILITIES, ROOM_CODECS } from '../room-codecs.ts';
import { type SentSection, writeOffer } from './offer.ts';
import { readDescription } from './read.ts';
import { takenIn } from './taken.ts';

const transport = {
  ufrag: 'ours',
  password: 'ourpassword',
  fingerprint: { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') },
  candidates: ['candidate:udp0 1 udp 2130706431 127.0.0.1 7882 typ host'],
  complete: false,
} as const;

function sends(mid: string, mimeType: string, more: Partial<SentSection> = {}): SentSection {
  const codec = ROOM_CAPABILITIES.codecs.find((each) => each.mimeType === mimeType);
  if (!codec) throw new Error(`no ${mimeType}`);
  const { preferredPayloadType: payloadType, kind } = codec;
  const rtx = kind === 'video' ? { rtx: { ssrc: 2002 } } : {};
  const rtp: types.RtpParameters = {
    codecs: [{ ...codec, payloadType }],
    encodings: [{ ssrc: 2001, ...rtx }],
    rtcp: { cname: 'somebody' },
  };
  return { mid, kind, state: 'sends', rtp, msid: 'PA_a|camera TR_b', ...more };
}

test('the first offer has data channels alone', () => {
  const sdp = writeOffer(transport, 1, []);
  expect(sdp).toContain('a=group:BUNDLE 0\r\n');
  expect(sdp).toContain('a=setup:actpass\r\n');
  expect(readDescription(sdp).sections).toMatchObject([{ mid: '0', type: 'application' }]);
});

test('a section says what is sent and from whom, with every codec behind its own', () => {
  const sdp = writeOffer(transport, 2, [sends('1', 'audio/opus'), sends('2', 'video/H264')]);
  const [, sound, picture] = readDescription(sdp).sections;
  expect(sound).toMatchObject({ direction: 'sendonly', ssrcs: [2001], cname: 'somebody' });
  expect(sound?.extensions.map(({ uri }) => uri)).toContain('urn:ietf:params:rtp-hdrext:ssrc-audio-level');
  expect(picture).toMatchObject({
    direction: 'sendonly',
    streamId: 'PA_a|camera',
    trackId: 'TR_b',
    ssrcs: [2001, 2002],
    groups: [{ semantics: 'FID', ssrcs: [2001, 2002] }],
  });
  const mimes = picture?.codecs.map(({ mime }) => mime) ?? [];
  expect(mimes.slice(0, 2)).toEqual(['video/h264', 'video/rtx']);
  const video = ROOM_CAPABILITIES.codecs.filter(({ kind }) => kind === 'video');
  expect(mimes.toSorted()).toEqual(video.map(({ mimeType }) => mimeType.toLowerCase()).toSorted());
  expect(mimes.filter((mime) => mime === 'video/vp8')).toHaveLength(1);
});

test('a router has the very numbers that are offered', () => {
  const { codecs } = ortc.generateRouterRtpCapabilities(ROOM_CODECS);
  const sdp = writeOffer(transport, 1, [sends('1', 'audio/opus'), sends('2', 'video/VP8')]);
  const offered = readDescription(sdp).sections.flatMap((section) => section.codecs);
  for (const codec of codecs ?? []) {
    const found = offered.find(({ payloadType }) => payloadType === codec.preferredPayloadType);
    expect(found?.mime).toBe(codec.mimeType.toLowerCase());
    expect(found?.parameters.apt).toBe(codec.parameters?.apt);
  }
});

test('a payload type means the same in every section', () => {
  const sdp = writeOffer(transport, 1, [
    sends('1', 'video/VP8'),
    sends('2', 'video/VP9'),
    sends('3', 'video/H264'),
  ]);
  const meanings = new Map<number, string>();
  for (const { payloadType, encoding, fmtp } of readDescription(sdp).sections.flatMap(
    ({ codecs }) => codecs,
  )) {
    expect(meanings.get(payloadType) ?? `${encoding} ${fmtp}`).toBe(`${encoding} ${fmtp}`);
    meanings.set(payloadType, `${encoding} ${fmtp}`);
  }
});

test('sections that carry nothing, and one that carries again', () => {
  const nothing = { rtp: undefined, msid: undefined };
  const sdp = writeOffer(transport, 3, [
    sends('1', 'video/VP8', { state: 'inactive', ...nothing }),
    sends('2', 'video/VP8', { state: 'spare', ...nothing }),
    sends('3', 'video/VP8', { state: 'sends-again' }),
  ]);
  const directions = readDescription(sdp).sections.map(({ direction }) => direction);
  expect(directions).toEqual(['sendrecv', 'inactive', 'recvonly', 'sendrecv']);
});

test('an answer takes a section, leaves it, or has nothing for its codec', () => {
  const offer = writeOffer(transport, 1, [sends('1', 'video/VP8')]).replace('sendonly', 'recvonly');
  const vp8 =
    ROOM_CAPABILITIES.codecs.find(({ mimeType }) => mimeType === 'video/VP8')?.preferredPayloadType ?? 0;
  const said = (sdp: string) => takenIn(readDescription(sdp), '1', vp8);
  expect(said(offer)).toBe('taken');
  expect(said(offer.replace('a=recvonly', 'a=inactive'))).toBe('idle');
  expect(said(offer.replace('m=video 9', 'm=video 0'))).toBe('refused');
  expect(said(offer.replace(new RegExp(`(m=video .*) ${vp8}\\b`), '$1'))).toBe('refused');
  expect(() => takenIn(readDescription(offer), '7', vp8)).toThrow('invalid');
});
