import { beforeEach, expect, test } from 'vitest';
import type { ConsumedDownlink } from './downlink.ts';
import { readDescription } from './sdp/read.ts';
import { TakenSections } from './taken-sections.ts';

let sections: TakenSections;
beforeEach(() => {
  sections = new TakenSections();
});

/** As much of one as sections know of. */
function downlink(kind: 'audio' | 'video') {
  const made = { source: { kind }, withdrawn: 0, withdraw: () => void made.withdrawn++ };
  return made as typeof made & ConsumedDownlink;
}

const CODEC = { audio: 'opus/48000/2', video: 'VP8/90000' } as const;

/** An offer with these sections: `audio recvonly`. */
const offer = (...what: string[]) =>
  readDescription(
    [
      'v=0',
      'o=- 1 1 IN IP4 0.0.0.0',
      's=-',
      't=0 0',
      `a=group:BUNDLE ${what.map((_, mid) => mid).join(' ')}`,
      ...what.flatMap((each, mid) => {
        const [kind, direction] = each.split(' ') as ['audio' | 'video', string];
        return [
          `m=${kind} 9 UDP/TLS/RTP/SAVPF 100`,
          'c=IN IP4 0.0.0.0',
          `a=mid:${mid}`,
          'a=ice-ufrag:theirs',
          'a=ice-pwd:theirpassword',
          `a=${direction}`,
          `a=rtpmap:100 ${CODEC[kind]}`,
        ];
      }),
      '',
    ].join('\r\n'),
  );
const NONE: ReadonlySet<string> = new Set();
const mids = (assigned: readonly { section: { mid: string } }[]) =>
  assigned.map(({ section }) => section.mid);
/** Offer and answer, in which everything assigned is sent. */
function negotiate(description: ReturnType<typeof offer>, sending = NONE) {
  const assigned = sections.assign(description, sending);
  sections.agree(new Set(mids(sections.sending())));
  return mids(assigned);
}

test('each gets a section of its kind, and what is too many waits for more of them', () => {
  const [voice, camera, screen] = [downlink('audio'), downlink('video'), downlink('video')];
  for (const one of [camera, screen, voice]) sections.wait(one);
  expect(sections.lacking()).toEqual({ audio: 1, video: 2 });
  expect(negotiate(offer('audio recvonly', 'video recvonly'))).toEqual(['1', '0']);
  expect(sections.waits).toBe(true);
  expect(sections.lacking()).toEqual({ audio: 0, video: 1 });
  expect(negotiate(offer('audio recvonly', 'video recvonly', 'video recvonly'))).toEqual(['2']);
  expect(sections.downlinks).toEqual([voice, camera, screen]);
});

test('what the client sends in, refuses or leaves inactive is not used', () => {
  sections.wait(downlink('video'));
  expect(negotiate(offer('video sendonly', 'video sendrecv', 'video inactive'), new Set(['1']))).toEqual([]);
  expect(sections.lacking()).toEqual({ audio: 0, video: 1 });
});

test('a section is used again once an answer has said that it is empty, after those never used', () => {
  const [first, second, third] = [downlink('video'), downlink('video'), downlink('video')];
  const described = offer('video recvonly', 'video recvonly');
  sections.wait(first);
  expect(negotiate(described)).toEqual(['0']);
  expect(sections.remove(first)).toBe(true);
  sections.wait(second);
  // The one is not known to be empty yet, the other is new.
  expect(sections.lacking()).toEqual({ audio: 0, video: 0 });
  expect(negotiate(described)).toEqual(['1']);
  sections.wait(third);
  expect(sections.lacking()).toEqual({ audio: 0, video: 0 });
  expect(negotiate(described)).toEqual(['0']);
});

test('who leaves while it waits leaves nothing behind', () => {
  const voice = downlink('audio');
  sections.wait(voice);
  expect(sections.remove(voice)).toBe(false);
  expect(sections.waits).toBe(false);
});

test('what the client stops to receive is withdrawn, and comes back with the section', () => {
  const camera = downlink('video');
  sections.wait(camera);
  negotiate(offer('video recvonly'));
  negotiate(offer('video inactive'));
  expect(camera.withdrawn).toBe(1);
  expect(sections.sending()).toEqual([]);
  negotiate(offer('video recvonly'));
  expect(mids(sections.sending())).toEqual(['0']);
});
