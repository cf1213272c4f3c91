import { EventEmitter } from 'node:events';
import type { types } from 'mediasoup';
import { describe, expect, it } from 'vitest';
import type { Connection } from './connection.ts';
import type { OpenDataLink } from './data-link.ts';
import type { Place } from './place.ts';
import { ProducedSource } from './source.ts';
import { OfferedBy } from './subscriber.ts';

const FINGERPRINT = Array(32).fill('AB').join(':');
const OPUS = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 };
const ANSWER = [
  ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0'],
  ...['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:0', 'a=setup:active'],
  ...['a=ice-ufrag:abcd', `a=fingerprint:sha-256 ${FINGERPRINT}`, ''],
].join('\r\n');

/** A subscriber on a transport that notes what it is asked, and a voice to send to it. */
function open() {
  const done: string[] = [];
  const offers: { id: number; kinds: string[]; tracks: string[] }[] = [];
  const failures: string[] = [];
  const transport = {
    closed: false,
    consume: async ({ mid }: { mid: string }) => {
      done.push(`consume ${mid}`);
      const consumer = new EventEmitter();
      const rtpParameters = { mid, codecs: [OPUS], encodings: [{ ssrc: 7 }], rtcp: { cname: 'c' } };
      return Object.assign(consumer, { rtpParameters, close: () => {}, resume: async () => {} });
    },
  };
  const connection = {
    transport,
    local: () => ({
      ufrag: 'ours',
      password: 'password',
      fingerprint: { algorithm: 'sha-256', value: FINGERPRINT },
      candidates: [],
      complete: false,
    }),
    described: () => {},
    connect: async () => void done.push('connect'),
    restart: async () => void done.push('restart'),
  };
  const place = { count: () => {} } as unknown as Place;
  const subscriber = new OfferedBy({
    connection: connection as unknown as Connection,
    data: { opened: async () => void done.push('streams') } as unknown as OpenDataLink,
    place,
    events: {
      offer: (sdp, id, midToTrack) => {
        const kinds = [...sdp.matchAll(/^m=(\w+)/gm)].map(([, kind = '']) => kind);
        offers.push({ id, kinds, tracks: Object.values(midToTrack) });
      },
    },
    failed: (what, error) => void failures.push(`${what}: ${error}`),
  });
  const producer = {
    kind: 'audio',
    closed: false,
    rtpParameters: { codecs: [OPUS], encodings: [] },
    consumableRtpParameters: { codecs: [OPUS] },
  } as unknown as types.Producer;
  const voice = new ProducedSource(producer, place, () => {});
  const add = () =>
    subscriber.add(voice, {
      trackSid: 'TR_voice',
      streamId: 'PA_ann',
      paused: false,
      refused: () => {},
      layers: () => {},
    });
  return { subscriber, done, offers, failures, add };
}

const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const NOTHING = { id: 1, kinds: ['application'], tracks: [] };

describe('the connection on which this side offers', () => {
  it('begins with data channels at once, and prepares the rest when that is answered', async () => {
    const { subscriber, done, offers, failures, add } = open();
    subscriber.start();
    expect(offers).toEqual([NOTHING]);
    add();
    await settled();
    expect(done).toEqual(['streams']);
    await subscriber.answer(ANSWER, 1);
    await settled();
    expect(done.slice(1)).toEqual(['streams', 'connect', 'consume 1', 'streams']);
    expect(offers).toEqual([NOTHING, { id: 2, kinds: ['application', 'audio'], tracks: ['TR_voice'] }]);
    expect(failures).toEqual([]);
  });

  it('offers again to a client that came back before it had answered', async () => {
    const { subscriber, offers, add } = open();
    subscriber.start();
    add();
    subscriber.restart();
    await settled();
    expect(offers).toEqual([NOTHING, { id: 2, kinds: ['application', 'audio'], tracks: ['TR_voice'] }]);
  });

  it('begins late with the first track', async () => {
    const { subscriber, offers, add } = open();
    subscriber.start({ late: true });
    await settled();
    expect(offers).toEqual([]);
    add();
    await settled();
    expect(offers).toEqual([{ id: 1, kinds: ['application', 'audio'], tracks: ['TR_voice'] }]);
  });

  it('does not offer twice for being begun twice', async () => {
    const { subscriber, offers } = open();
    subscriber.start();
    subscriber.start();
    await settled();
    expect(offers).toEqual([NOTHING]);
  });
});
