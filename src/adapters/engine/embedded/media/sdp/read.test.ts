import { expect, test } from 'vitest';
import { h264Profile } from './h264.ts';
import { CHROMIUM, FIREFOX, PION, SAFARI } from './offers.fixture.ts';
import { readDescription } from './read.ts';

test("a browser's offer is read", () => {
  const offer = readDescription(CHROMIUM);
  expect(offer).toMatchObject({
    bundled: ['0', '1', '2'],
    mixedExtensions: true,
    ufrag: 'Z65Q',
    setup: 'actpass',
    fingerprint: { algorithm: 'sha-256', value: expect.stringMatching(/^DE:55/) },
  });
  expect(offer.sections[0]).toMatchObject({
    type: 'audio',
    direction: 'sendonly',
    streamId: '27b974ce',
    trackId: '92d2cef1',
    cname: 'xrGkpK6z9bhAPBbV',
    ssrcs: [3349829061],
  });
  expect(offer.sections[0]?.codecs[0]).toEqual({
    payloadType: 111,
    mime: 'audio/opus',
    encoding: 'opus/48000/2',
    clockRate: 48_000,
    channels: 2,
    fmtp: 'minptime=10;useinbandfec=1',
    parameters: { minptime: 10, useinbandfec: 1 },
    feedback: ['transport-cc'],
  });
  expect(offer.sections[1]).toMatchObject({ rids: ['q', 'h', 'f'], simulcast: true });
});

test('what stands above the sections counts for them', () => {
  expect(readDescription(FIREFOX)).toMatchObject({
    ufrag: 'a6b1c2d3',
    fingerprint: { algorithm: 'sha-256' },
  });
  expect(readDescription(FIREFOX).sections[1]).toMatchObject({ direction: 'sendonly' });
  expect(readDescription(PION).fingerprint?.value).toMatch(/^DE:55/);
  expect(readDescription(PION).sections[1]).toMatchObject({ rejected: false, trackId: 'TR_mic' });
  expect(readDescription(SAFARI).sections[0]?.direction).toBe('sendrecv');
});

test('sizes that are declared in other ways', () => {
  const rids = (simulcast: string, declared = CHROMIUM) =>
    readDescription(declared.replace(/a=simulcast.*\r\n/, simulcast)).sections[1]?.rids;
  expect(rids('a=simulcast:send ~q;h,f\r\n')).toEqual(['q', 'h', 'f']);
  expect(rids('a=simulcast:recv x send f;q\r\n')).toEqual(['f', 'q']);
  expect(rids('')).toEqual(['q', 'h', 'f']);
});

test('lines ended by LF alone are read too', () => {
  expect(readDescription(CHROMIUM.replaceAll('\r\n', '\n'))).toEqual(readDescription(CHROMIUM));
});

test('what is no offer is refused', () => {
  const change = (from: string | RegExp, to: string) => CHROMIUM.replace(from, to);
  const bad: Record<string, string> = {
    empty: '',
    'no version': CHROMIUM.slice(5),
    'no mid': change('a=mid:1\r\n', ''),
    'an endless mid': change('a=mid:1\r\n', `a=mid:${'1'.repeat(17)}\r\n`),
    'a mid twice': change('a=mid:1\r\n', 'a=mid:0\r\n'),
    'a rid twice': change('send q;h;f', 'send q;q'),
    'rids without end': change('a=rid:q send', `a=rid:${'q'.repeat(300)} send`).replace(
      'q;',
      `${'q'.repeat(300)};`,
    ),
    'a rid that breaks the line': change('a=rid:q send', 'a=rid:q\u2028 send').replace('q;', 'q\u2028;'),
    'extension 0': change('a=extmap:14', 'a=extmap:0'),
    'extension 15': change('a=extmap:14', 'a=extmap:15'),
    'an extension without a name': change('a=extmap:14 urn:ietf:params:rtp-hdrext:toffset', 'a=extmap:14'),
    'extensions of one number': change('a=extmap:14', 'a=extmap:2'),
    'a payload type twice': change('SAVPF 96 97', 'SAVPF 96 96'),
    'two meanings of a payload type': change('a=rtpmap:96 ', 'a=rtpmap:96 H264/90000\r\na=rtpmap:96 '),
    'a payload type beyond all': change('SAVPF 96', 'SAVPF 999'),
    'a clock that stands': change('VP8/90000', 'VP8/0'),
    'an SSRC beyond all': change('a=ssrc:3349829061 c', 'a=ssrc:4294967296 c'),
    'an SSRC of letters': change('a=ssrc:3349829061 c', 'a=ssrc:x c'),
    'a short fingerprint': change(/DE:55:/g, ''),
    'a fingerprint of md5': change(/sha-256/g, 'md5'),
    'no user fragment': change(/a=ice-ufrag.*\r\n/g, ''),
    'a port of letters': change('m=video 9', 'm=video nine'),
    'a line of one letter': `${CHROMIUM}a\r\n`,
  };
  for (const [name, sdp] of Object.entries(bad)) expect(() => readDescription(sdp), name).toThrow('invalid');
});

test('a prototype is not a parameter', () => {
  const sdp = CHROMIUM.replace('minptime=10;', '__proto__=1;constructor=2;');
  expect(readDescription(sdp).sections[0]?.codecs[0]?.parameters).toMatchObject({
    constructor: 2,
    useinbandfec: 1,
  });
});

test('profiles of H.264 by their bits', () => {
  expect(['42e01f', '42C01E', '4d801f', '58c01f', undefined].map(h264Profile)).toEqual(
    Array(5).fill('constrained-baseline'),
  );
  expect(['42001f', '420034', '588020'].map(h264Profile)).toEqual(Array(3).fill('baseline'));
  expect(['4d001f', '640032', '640c1f'].map(h264Profile)).toEqual(['main', 'high', 'constrained-high']);
  expect(['f4001f', '', '42', 'zzzzzz', 7].map(h264Profile)).toEqual(Array(5).fill(undefined));
});
