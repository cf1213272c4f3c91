import { expect, test } from 'vitest';
import { carriedCodecs } from './carried.ts';
import { streamsOf } from './encodings.ts';
import { CHROMIUM, FIREFOX, PION, SAFARI } from './offers.fixture.ts';
import { producing } from './producing.ts';
import { readDescription } from './read.ts';

const plain = { cname: 'c', stereo: false, dtx: false };

function made(offer: string, mid: string, codec?: string, how = plain) {
  const section = readDescription(offer).sections.find((each) => each.mid === mid);
  const carried = section && carriedCodecs(section, codec)[0];
  if (!section || !carried) throw new Error('nothing to carry');
  return producing(section, carried, how);
}

test('three sizes are told apart by their rids, from the lowest', () => {
  expect(made(CHROMIUM, '1')).toMatchObject({
    mid: '1',
    codecs: [
      { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000 },
      { mimeType: 'video/rtx', payloadType: 97, parameters: { apt: 96 } },
    ],
    encodings: [
      { rid: 'q', scalabilityMode: 'L1T3' },
      { rid: 'h', scalabilityMode: 'L1T3' },
      { rid: 'f', scalabilityMode: 'L1T3' },
    ],
    rtcp: { cname: 'c', reducedSize: true },
  });
  expect(made(PION, '0').encodings?.map(({ rid }) => rid)).toEqual(['q', 'h', 'f']);
  expect(made(FIREFOX, '1').encodings?.map(({ rid, ssrc }) => [rid, ssrc])).toEqual([
    ['q', undefined],
    ['h', undefined],
    ['f', undefined],
  ]);
});

test('one size by its SSRC, with that of its retransmissions', () => {
  expect(made(SAFARI, '0')).toMatchObject({
    codecs: [
      { mimeType: 'video/H264', payloadType: 96, parameters: { 'profile-level-id': '640c1f' } },
      { payloadType: 97 },
    ],
    encodings: [{ ssrc: 2525252525, rtx: { ssrc: 2626262626 } }],
  });
  expect(made(SAFARI, '0').encodings?.[0]?.scalabilityMode).toBeUndefined();
});

test('sizes of a legacy group by their SSRCs, and nothing at all by its mid', () => {
  const group = SAFARI.replace(
    /a=ssrc[\s\S]*$/,
    ['SIM 1 2 3', 'FID 1 4', 'FID 2 5', 'FID 3 6'].map((each) => `a=ssrc-group:${each}\r\n`).join('') +
      [1, 2, 3, 4, 5, 6].map((ssrc) => `a=ssrc:${ssrc} cname:x\r\n`).join(''),
  );
  expect(made(group, '0', 'video/vp8').encodings).toEqual([
    { ssrc: 1, rtx: { ssrc: 4 }, scalabilityMode: 'L1T3' },
    { ssrc: 2, rtx: { ssrc: 5 }, scalabilityMode: 'L1T3' },
    { ssrc: 3, rtx: { ssrc: 6 }, scalabilityMode: 'L1T3' },
  ]);
  const bare = SAFARI.replace(/a=ssrc[\s\S]*$/, '');
  expect(made(bare, '0').encodings).toEqual([{}]);
});

test('one stream of VP9 may have layers', () => {
  const svc = CHROMIUM.replace(/a=rid:.*\r\n|a=simulcast.*\r\n/g, '');
  expect(made(svc, '1', 'video/vp9')).toMatchObject({
    codecs: [
      { mimeType: 'video/VP9', payloadType: 98, parameters: { 'profile-id': 0 } },
      { payloadType: 99 },
    ],
    encodings: [{ scalabilityMode: 'L3T3_KEY' }],
  });
});

test('a voice says what it is like to everybody who gets it', () => {
  expect(made(CHROMIUM, '0', undefined, { ...plain, stereo: true, dtx: true })).toMatchObject({
    codecs: [
      { mimeType: 'audio/opus', channels: 2, parameters: { 'sprop-stereo': 1, usedtx: 1, useinbandfec: 1 } },
    ],
    encodings: [{ ssrc: 3349829061 }],
  });
});

test('other streams in a section are noticed, other lines are not', () => {
  const streams = (offer: string) => readDescription(offer).sections.map(streamsOf);
  expect(streams(CHROMIUM.replace('a=rtcp-rsize\r\n', ''))).toEqual(streams(CHROMIUM));
  expect(streams(CHROMIUM.replaceAll('3349829061', '3349829062'))).not.toEqual(streams(CHROMIUM));
  expect(streams(CHROMIUM.replace('send q;h;f', 'send q;h'))).not.toEqual(streams(CHROMIUM));
});
