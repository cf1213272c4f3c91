import {
  AddTrackRequest,
  MuteTrackRequest,
  Ping,
  SessionDescription,
  SignalTarget,
  SimulateScenario,
  SyncState,
  TrackSource,
  TrackType,
  TrickleRequest,
  UpdateParticipantMetadata,
  UpdateSubscription,
  UpdateTrackSettings,
} from '@livekit/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../support/wait-for.ts';
import type { Rooms } from './rooms.ts';
import { startRooms } from './rooms.ts';
import { SignalClient } from './signal-client.ts';

let rooms: Rooms;
let room: string;
let count = 0;
let bob: SignalClient;
let eve: SignalClient;

beforeAll(async () => {
  rooms = await startRooms();
});
afterAll(() => rooms.close());
beforeEach(async () => {
  room = `hostile-${++count}`;
  bob = await SignalClient.join(rooms, 'bob', room);
  eve = await SignalClient.join(rooms, 'eve', room);
});
/** Whatever Eve did: the server is there, and Bob is served. */
afterEach(async () => {
  const pongs = bob.heard('pongResp').length;
  bob.send({ case: 'pingReq', value: new Ping({ timestamp: 1n }) });
  await waitFor(() => bob.heard('pongResp').length > pongs, { reason: 'Bob to be answered' });
  const there = await rooms.service.listParticipants(room);
  expect(there.map(({ identity }) => identity)).toContain('bob');
  bob.ws.terminate();
  eve.ws.terminate();
  await rooms.service.deleteRoom(room);
});

const offer = (sdp: string) =>
  ({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp, id: 1 }) }) as const;

/** An offer of a browser, with holes for what a test puts in. */
const SDP = (line = '') =>
  [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
    'a=setup:actpass',
    'a=sendonly',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=msid:s t',
    line,
    '',
  ].join('\r\n');

describe('a client that means harm', () => {
  it.each([
    ['no SDP at all', 'x'],
    ['an empty one', ''],
    ['one without its media', 'v=0\r\n'],
    ['numbers that are none', SDP('a=rtpmap:999999999999 opus/48000/2')],
    ['a mid twice', SDP('m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=sendonly')],
    ['a fingerprint that is none', SDP('a=fingerprint:sha-9 zz')],
    [
      'a thousand sections',
      SDP(Array.from({ length: 1_000 }, (_, n) => `m=video 9 X ${n}\r\na=mid:${n + 1}`).join('\r\n')),
    ],
    ['a megabyte of one line', SDP(`a=x:${'y'.repeat(1024 * 1024)}`)],
    ['prototypes', SDP('a=mid:__proto__\r\na=extmap:1 constructor\r\na=fmtp:111 __proto__=1')],
  ])('offers %s', async (_, sdp) => {
    eve.send(offer(sdp));
    eve.send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp, id: 99 }) });
    eve.send({ case: 'pingReq', value: new Ping({ timestamp: 1n }) });
    // It is refused or dropped; either way it is over with.
    await waitFor(() => eve.ws.readyState !== eve.ws.OPEN || eve.heard('pongResp').length > 0, {
      reason: 'Eve to be answered or dropped',
    });
  });

  it('announces ten thousand tracks', async () => {
    for (let n = 0; n < 10_000; n++) {
      if (eve.ws.readyState !== eve.ws.OPEN) break;
      eve.send({
        case: 'addTrack',
        value: new AddTrackRequest({ cid: `c${n}`, type: TrackType.VIDEO, source: TrackSource.CAMERA }),
      });
    }
    // Too many messages at once, whatever they say.
    expect(await eve.closed).toBe(1008);
    expect(eve.heard('trackPublished').length).toBeLessThan(1_500);
    expect(
      bob.heard('update').flatMap(({ participants }) => participants.flatMap(({ tracks }) => tracks)),
    ).toEqual([]);
  });

  it('says what makes no sense here', async () => {
    const state = new SyncState({ answer: new SessionDescription({ type: 'answer', sdp: 'x' }) });
    eve.send({ case: 'syncState', value: state });
    eve.send({
      case: 'trickle',
      value: new TrickleRequest({ candidateInit: '{', target: SignalTarget.PUBLISHER }),
    });
    eve.send({ case: 'mute', value: new MuteTrackRequest({ sid: 'TR_others', muted: true }) });
    eve.send({
      case: 'subscription',
      value: new UpdateSubscription({
        trackSids: Array.from({ length: 5_000 }, (_, n) => `TR_${n}`),
        subscribe: true,
      }),
    });
    eve.send({
      case: 'trackSetting',
      value: new UpdateTrackSettings({
        trackSids: ['TR_x'],
        width: 2 ** 31,
        fps: 2 ** 31,
        priority: 2 ** 31,
      }),
    });
    eve.send({
      case: 'simulate',
      value: new SimulateScenario({ scenario: { case: 'subscriberBandwidth', value: -1n } }),
    });
    const long = 'x'.repeat(1024 * 1024);
    eve.send({
      case: 'updateMetadata',
      value: new UpdateParticipantMetadata({ metadata: long, requestId: 1 }),
    });
    eve.send({ case: 'pingReq', value: new Ping({ timestamp: 1n }) });
    await waitFor(() => eve.ws.readyState !== eve.ws.OPEN || eve.heard('pongResp').length > 0, {
      reason: 'Eve to be answered or dropped',
    });
    expect(
      bob.heard('update').some(({ participants }) => participants.some(({ metadata }) => metadata !== '')),
    ).toBe(false);
  });

  it('sends bytes that are no message', async () => {
    eve.ws.send(Buffer.from([0xff, 0xff, 0xff]));
    expect(await eve.closed).toBe(1007);
  });

  it('comes and goes all the time', async () => {
    for (let n = 0; n < 30; n++) {
      const again = await SignalClient.join(rooms, 'mallory', room);
      again.ws.terminate();
    }
    await SignalClient.join(rooms, 'mallory', room);
    const there = await rooms.service.listParticipants(room);
    expect(there.filter(({ identity }) => identity === 'mallory')).toHaveLength(1);
  });
});
