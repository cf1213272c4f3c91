import { describe, expect, test } from 'vitest';
import { type Carries, type Sends, writeAnswer } from './answer.ts';
import { CHROMIUM, FIREFOX, PION, SAFARI } from './offers.fixture.ts';
import { readDescription } from './read.ts';
import type { LocalTransport } from './types.ts';

const transport: LocalTransport = {
  ufrag: 'ours',
  password: 'ourpassword',
  fingerprint: { algorithm: 'sha-256', value: 'AA:BB' },
  candidates: ['candidate:udp0 1 udp 2130706431 127.0.0.1 7882 typ host'],
  complete: false,
};
const camera: Carries = { codec: 'video/vp8', stereo: false, dtx: false };
const voice: Carries = { codec: 'audio/opus', stereo: false, dtx: true };

const answer = (offer: string, carries: Record<string, Carries>, local = transport) =>
  writeAnswer(readDescription(offer), local, 1, (mid) => carries[mid]);
/** The lines of the section with this mid. */
function section(sdp: string, mid: string): string[] {
  const all = sdp.split(/(?=^m=)/m).map((each) => each.trimEnd().split('\r\n'));
  return all.find((lines) => lines.includes(`a=mid:${mid}`)) ?? [];
}
const starting = (lines: string[], start: string) => lines.filter((line) => line.startsWith(start));

describe('what a browser offers', () => {
  const sdp = answer(CHROMIUM, { 0: voice, 1: camera });

  test('is answered as one bundle, by an ICE-lite DTLS server', () => {
    const [head = ''] = sdp.split(/(?=^m=)/m);
    expect(head).toContain('a=group:BUNDLE 0 1 2\r\n');
    expect(head).toContain('a=ice-lite\r\n');
    expect(head).toContain('a=fingerprint:sha-256 AA:BB\r\n');
    expect(head).toContain('a=extmap-allow-mixed\r\n');
    expect(sdp.match(/^a=setup:passive\r$/gm)).toHaveLength(3);
    expect(sdp.match(/^a=ice-ufrag:ours\r$/gm)).toHaveLength(3);
    expect(sdp.match(/^a=rtcp-mux\r$/gm)).toHaveLength(2);
    expect(sdp.match(/^a=rtcp-rsize\r$/gm)).toHaveLength(2);
  });

  test('is told candidates once, and that they are all when they are', () => {
    expect(sdp.match(/^a=candidate/gm)).toHaveLength(1);
    expect(sdp).not.toContain('end-of-candidates');
    const later = answer(CHROMIUM, {}, { ...transport, complete: true });
    expect(later.match(/^a=end-of-candidates\r$/gm)).toHaveLength(1);
  });

  test('keeps its own payload types and extension numbers, of what we know', () => {
    const lines = section(sdp, '1');
    expect(lines[0]).toBe('m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 107 98 99');
    expect(lines).toContain('a=rtpmap:97 rtx/90000');
    expect(lines).toContain('a=fmtp:97 apt=96');
    expect(lines).toContain(
      'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f',
    );
    expect(starting(lines, 'a=extmap').map((line) => line.split(' ')[0])).toEqual([
      'a=extmap:13',
      'a=extmap:3',
      'a=extmap:4',
      'a=extmap:10',
      'a=extmap:11',
    ]);
    expect(starting(lines, 'a=rtcp-fb:96')).toEqual([
      'a=rtcp-fb:96 transport-cc',
      'a=rtcp-fb:96 ccm fir',
      'a=rtcp-fb:96 nack',
      'a=rtcp-fb:96 nack pli',
    ]);
    expect(lines).toContain('a=recvonly');
    expect(starting(lines, 'a=rid')).toEqual(['a=rid:q recv', 'a=rid:h recv', 'a=rid:f recv']);
    expect(lines).toContain('a=simulcast:recv q;h;f');
  });

  test('sound is Opus as it was asked for', () => {
    const lines = section(sdp, '0');
    expect(lines[0]).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 111');
    expect(lines).toContain('a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1');
    expect(lines).toContain('a=rtcp-xr:rcvr-rtt=all');
    const music = answer(CHROMIUM, { 0: { ...voice, stereo: true, dtx: false } });
    expect(section(music, '0')).toContain(
      'a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;maxaveragebitrate=510000',
    );
  });

  test('the codec that was chosen comes first, with all others behind it', () => {
    const h264 = section(answer(CHROMIUM, { 1: { ...camera, codec: 'video/h264' } }), '1');
    expect(h264[0]).toBe('m=video 9 UDP/TLS/RTP/SAVPF 102 103 104 107 96 97 98 99');
    const vp9 = section(answer(CHROMIUM, { 1: { ...camera, codec: 'video/vp9' } }), '1');
    expect(vp9[0]).toBe('m=video 9 UDP/TLS/RTP/SAVPF 98 99 96 97 102 103 104 107');
    const none = section(answer(CHROMIUM, { 1: { ...camera, codec: 'video/av1' } }), '1');
    expect(none[0]).toBe('m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104 107 98 99');
  });

  test('a section that is not carried is inactive and lists the same', () => {
    const active = section(sdp, '1');
    const inactive = section(answer(CHROMIUM, { 0: voice }), '1');
    expect(inactive).toEqual(active.map((line) => (line === 'a=recvonly' ? 'a=inactive' : line)));
  });

  test('data channels are answered', () => {
    const lines = section(sdp, '2');
    expect(lines[0]).toBe('m=application 9 UDP/DTLS/SCTP webrtc-datachannel');
    expect(lines).toContain('a=sctp-port:5000');
    expect(lines).toContain('a=max-message-size:262144');
  });

  test('sections that can never be served are refused, and are in no bundle', () => {
    const offer = CHROMIUM.replace('m=audio 9', 'm=audio 0').replace(
      /(m=video 9 \S+) .*/,
      '$1 45 46 118 119 120',
    );
    const sdp = answer(offer, { 0: voice, 1: camera });
    expect(sdp).toContain('a=group:BUNDLE 2\r\n');
    expect(section(sdp, '0')).toEqual([
      'm=audio 0 UDP/TLS/RTP/SAVPF 111 63 9 0 110',
      'c=IN IP4 0.0.0.0',
      'a=mid:0',
      'a=inactive',
    ]);
    expect(section(sdp, '1')[0]).toBe('m=video 0 UDP/TLS/RTP/SAVPF 45 46 118 119 120');
    // What is left of the bundle says where it is reached.
    expect(section(sdp, '2')).toContain(`a=${transport.candidates[0]}`);
  });
});

test('Firefox: data first, extensions with a direction, packetization 0 unsaid', () => {
  const sdp = answer(FIREFOX, { 1: camera });
  expect(sdp).toContain('a=group:BUNDLE 0 1\r\n');
  expect(sdp).not.toContain('extmap-allow-mixed');
  const lines = section(sdp, '1');
  expect(lines[0]).toBe('m=video 9 UDP/TLS/RTP/SAVPF 120 124 121 125 126 127 97 98');
  expect(starting(lines, 'a=extmap').map((line) => line.split(' ')[0])).toEqual([
    'a=extmap:3',
    'a=extmap:7',
    'a=extmap:8',
    'a=extmap:9',
  ]);
  expect(lines).toContain('a=fmtp:97 profile-level-id=42e01f;level-asymmetry-allowed=1');
  expect(section(sdp, '0')).toContain(`a=${transport.candidates[0]}`);
});

test('Safari: its own profile of H.264 is carried, behind that of every encoder; H.265 is not', () => {
  const lines = section(answer(SAFARI, { 0: { ...camera, codec: 'video/h264' } }), '0');
  expect(lines[0]).toBe('m=video 9 UDP/TLS/RTP/SAVPF 98 99 96 97 104 105');
  expect(lines).toContain('a=recvonly');
  expect(starting(lines, 'a=simulcast')).toEqual([]);
});

test('pion: sizes from the highest, a section that is only bundled', () => {
  const sdp = answer(PION, { 0: camera, 1: voice });
  expect(sdp).toContain('a=group:BUNDLE 0 1\r\n');
  expect(section(sdp, '0')).toContain('a=simulcast:recv f;h;q');
  expect(starting(section(sdp, '0'), 'a=rtcp-fb:96')).toContain('a=rtcp-fb:96 transport-cc');
  const sound = section(sdp, '1');
  expect(sound[0]).toBe('m=audio 9 UDP/TLS/RTP/SAVPF 111');
  expect(sound).toContain('a=recvonly');
});

describe('a section in which the client is sent something', () => {
  const player = CHROMIUM.replaceAll('a=sendonly', 'a=recvonly').replaceAll('a=sendrecv', 'a=recvonly');
  const sends: Sends = {
    codec: 'video/vp9',
    payloadType: 98,
    msid: 'PA_ann|camera TR_one',
    cname: 'ann',
    ssrc: 11,
    rtxSsrc: 12,
  };
  const carried: Carries = { codec: 'video/vp9', stereo: false, dtx: false, sends };

  test('says what it is, by the number of the offer, with that codec first', () => {
    const lines = section(answer(player, { 1: { ...carried, onlySends: true } }), '1');
    expect(lines[0]).toMatch(/^m=video 9 UDP\/TLS\/RTP\/SAVPF 98 99 96 97 /);
    expect(lines).toContain('a=sendonly');
    expect(lines).toContain('a=msid:PA_ann|camera TR_one');
    expect(starting(lines, 'a=ssrc')).toEqual([
      'a=ssrc-group:FID 11 12',
      'a=ssrc:11 cname:ann',
      'a=ssrc:12 cname:ann',
    ]);
  });

  test('may be one in which it sends, too', () => {
    const lines = section(answer(CHROMIUM, { 1: carried }), '1');
    expect(lines).toContain('a=sendrecv');
    expect(lines).toContain('a=simulcast:recv q;h;f');
  });

  test('has no group of streams where nothing is sent again', () => {
    const alone = { ...sends, rtxSsrc: undefined };
    const lines = section(answer(player, { 1: { ...carried, onlySends: true, sends: alone } }), '1');
    expect(starting(lines, 'a=ssrc')).toEqual(['a=ssrc:11 cname:ann']);
  });
});
