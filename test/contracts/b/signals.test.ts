import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';
import { base, failure, friends, type Speaker, speaker } from './people.ts';

let server: TestServer;
let [ann, ben, cid, dan]: [Speaker, Speaker, Speaker, Speaker] = [] as never;
let open: TestSocket[] = [];

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  const people = await friends(server, 4);
  [ann, ben, cid, dan] = people.map((person) => speaker(server, person)) as [
    Speaker,
    Speaker,
    Speaker,
    Speaker,
  ];
});
afterEach(async () => {
  await Promise.all(open.map((socket) => socket.close()));
  open = [];
});

async function listen(who: Speaker, device?: string): Promise<TestSocket> {
  const socket = await TestSocket.open(server, who.person.token, device);
  open.push(socket);
  return socket;
}

const talking = async (...others: Speaker[]): Promise<string> => {
  const { body } = await ann.call(others.map((other) => other.person));
  for (const other of others) await other.answer(body.call.id);
  return body.call.id;
};
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const candidate = {
  candidate: 'candidate:1 1 UDP 1 10.0.0.1 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
  extra: ['kept'],
};
const send = (from: Speaker, to: Person, callId: string, signal: object) =>
  from.post('/signal', { callId, fromUserId: from.person.uid, toUserId: to.uid, signal });

describe('signal', () => {
  test('a candidate reaches the other one’s socket as contract C has it, unchanged', async () => {
    const callId = await talking(ben);
    const socket = await listen(ben);
    expect((await send(ann, ben.person, callId, { type: 'candidate', candidate })).body).toEqual({
      success: true,
    });
    expect(await socket.next('call:ice_candidate')).toEqual({
      callId,
      senderId: ann.person.uid,
      candidate,
      timestamp: time,
    });
  });

  test('offers and answers between members come as call:signal', async () => {
    const callId = await talking(ben, cid);
    const socket = await listen(cid);
    for (const type of ['offer', 'answer']) {
      const description = { type, sdp: 'v=0\r\no=- "quoted" \u2028 1 1 IN IP4 127.0.0.1\r\n' };
      expect((await send(ben, cid.person, callId, description)).status).toBe(200);
      expect(await socket.next('call:signal')).toEqual({
        callId,
        senderId: ben.person.uid,
        description,
        timestamp: time,
      });
    }
  });

  test('is refused when either is not in the call', async () => {
    const callId = await talking(ben);
    const signal = { type: 'candidate', candidate };
    expect(await send(cid, ben.person, callId, signal)).toMatchObject({
      status: 403,
      body: { success: false },
    });
    expect(await send(ann, cid.person, callId, signal)).toMatchObject({
      status: 403,
      body: { success: false },
    });
    const asBen = { callId, fromUserId: ben.person.uid, toUserId: ann.person.uid, signal };
    expect((await ann.post('/signal', asBen)).status).toBe(403);
    await ben.hangup(callId);
    expect(await send(ann, ben.person, callId, signal)).toMatchObject({
      status: 409,
      body: failure('conflict', { status: 'ended' }),
    });
  });

  test('a service signals for anybody in the call', async () => {
    const callId = await talking(ben);
    const socket = await listen(ben);
    const body = {
      callId,
      fromUserId: String(ann.person.id),
      toUserId: String(ben.person.id),
      signal: { type: 'candidate', candidate },
    };
    expect((await api(server, 'POST', `${base}/signal`, { token: server.service, body })).status).toBe(200);
    expect(await socket.next('call:ice_candidate')).toMatchObject({ senderId: ann.person.uid, candidate });
  });
});

describe('a call over REST as sockets see it', () => {
  test('it rings with the offer, and the caller’s status follows', async () => {
    const socket = await listen(ben);
    const offer = { type: 'offer', sdp: 'v=0\r\n' };
    const { body } = await ann.call([ben.person], { offer, type: 'video' });
    expect(await socket.next('call:offer')).toMatchObject({
      callId: body.call.id,
      senderId: ann.person.uid,
      offer,
      callType: 'video',
    });
    expect(await ann.detail(body.call.id)).toMatchObject({
      status: 'ringing',
      calleeInfo: [{ status: 'ringing' }],
    });
    await ann.cancel(body.call.id);
    expect(await socket.next('call:hang_up')).toMatchObject({ callId: body.call.id, reason: 'cancelled' });
  });

  test('a socket device that answers by REST has the grace of a socket', async () => {
    const socket = await listen(ben, 'phone');
    const { body } = await ann.call([ben.person]);
    await socket.next('call:offer');
    const phone = speaker(server, ben.person, { 'x-device-id': 'phone' });
    expect((await phone.answer(body.call.id)).status).toBe(200);
    const call = await server.app.store.read.calls.get(body.call.id);
    expect(call?.legs.find((leg) => leg.uid === ben.person.uid)).toMatchObject({
      device: 'phone',
      bound: true,
    });
    expect(call?.legs.find((leg) => leg.uid === ann.person.uid)).toMatchObject({ bound: false });
  });

  test('an offer at the door goes to the one who asked them in', async () => {
    const callId = await talking(ben);
    const socket = await listen(ben);
    await ben.post('/invite', { callId, inviterId: ben.person.uid, inviteeIds: [dan.person.uid] });
    const offer = { type: 'offer', sdp: 'v=0\r\no=- dan\r\n' };
    expect((await dan.own('/join', callId, { offer })).status).toBe(200);
    expect(await socket.next('call:signal')).toMatchObject({
      callId,
      senderId: dan.person.uid,
      description: offer,
    });
  });
});

describe('mute, video, device', () => {
  const change = (who: Speaker, path: string, callId: string, rest: object) =>
    who.put(path, { callId, userId: who.person.uid, ...rest });

  test('are told to the others with both flags, and answered with what is so now', async () => {
    const callId = await talking(ben);
    const socket = await listen(ben);
    const media = { callId, senderId: ann.person.uid, timestamp: time };
    expect((await change(ann, '/mute', callId, { muted: true })).body).toEqual({
      success: true,
      muted: true,
    });
    expect(await socket.next('call:media_state')).toEqual({ ...media, muted: true, videoOn: false });
    expect((await change(ann, '/video', callId, { enabled: true })).body).toEqual({
      success: true,
      enabled: true,
    });
    expect(await socket.next('call:media_state')).toEqual({ ...media, muted: true, videoOn: true });
    const device = { deviceType: 'audioinput', deviceId: 'a headset' };
    expect((await change(ann, '/device', callId, device)).body).toEqual({ success: true });
    expect(await socket.next('call:media_state')).toEqual({
      ...media,
      muted: true,
      videoOn: true,
      device: { type: 'audioinput', id: 'a headset' },
    });
    expect((await change(ann, '/mute', callId, { muted: true })).body).toEqual({
      success: true,
      muted: true,
    });
  });

  test('are one’s own, and only in a call', async () => {
    const { body } = await ann.call([ben.person]);
    const callId = body.call.id;
    expect((await change(ben, '/mute', callId, { muted: true })).status).toBe(403);
    expect((await change(cid, '/mute', callId, { muted: true })).status).toBe(403);
    expect((await ann.put('/mute', { callId, userId: ben.person.uid, muted: true })).status).toBe(403);
    await ann.cancel(callId);
    expect(await change(ann, '/video', callId, { enabled: true })).toMatchObject({
      status: 409,
      body: failure('conflict', { status: 'cancelled' }),
    });
  });
});

describe('statistics', () => {
  const stats = { audio: { packetsLost: 3, jitter: 0.01, score: 4.5 }, video: { frameRate: 24 } };

  test('each answers their own last report, also after the call', async () => {
    const callId = await talking(ben);
    expect(await ann.get(`/stats/${callId}`)).toMatchObject({
      status: 404,
      body: failure('not_found', { callId }),
    });
    await ann.post(`/stats/${callId}`, { stats: { audio: { packetsLost: 1 } } });
    await ann.hangup(callId);
    expect((await ann.post(`/stats/${callId}`, { stats })).body).toMatchObject({
      success: true,
      callId,
      stats,
    });
    expect((await ann.get(`/stats/${callId}`)).body).toEqual({
      callId,
      stats,
      timestamp: expect.any(String),
    });
    expect((await ben.get(`/stats/${callId}`)).status).toBe(404);
  });

  test('a service names whose, a user nobody else’s', async () => {
    const callId = await talking(ben);
    await ann.post(`/stats/${callId}`, { stats });
    const asService = (query: string) =>
      api(server, 'GET', `${base}/stats/${callId}${query}`, { token: server.service });
    expect((await asService(`?userId=${ann.person.uid}`)).body).toMatchObject({ stats });
    expect((await asService('')).body).toEqual(failure('invalid', { field: 'userId' }));
    expect((await asService(`?userId=${cid.person.uid}`)).status).toBe(403);
    expect((await ben.get(`/stats/${callId}?userId=${ann.person.uid}`)).status).toBe(403);
    expect((await cid.get(`/stats/${callId}`)).status).toBe(403);
    expect((await cid.post(`/stats/${callId}`, { stats })).status).toBe(403);
  });

  test('who never came in has measured nothing, and a report is no log', async () => {
    const { body } = await ann.call([ben.person]);
    const callId = body.call.id;
    expect((await ben.post(`/stats/${callId}`, { stats })).status).toBe(403);
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`number${i}`, i]));
    expect(await ann.post(`/stats/${callId}`, { stats: { audio: many } })).toMatchObject({
      status: 413,
      body: failure('too_large'),
    });
  });
});
