import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person, TestServer } from '../../support/server.ts';
import { api, startTestServer } from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ANSWER, CANDIDATE, connect, friends, ISO_MS, OFFER, ring, startServer } from './people.ts';

/** The README's rules for C, and for where A, B and C meet, as sockets see them. */
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const rtc = (person: { token: string }, method: string, path: string, body?: unknown) =>
  api(server, method, `/api/v1/rtc/${path}`, { token: person.token, body });

describe('calls on sockets', () => {
  it('glare: the second call is refused with the live one', async () => {
    const { alice, bob, b, callId } = await ring(server);
    b.send('call:offer', { receiverId: alice.uid, offer: OFFER });
    expect(await b.next('error')).toEqual({ message: '你正在通话中', code: 409, callId });
    b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    await b.next('call:accepted');
    expect(b.frames.some((frame) => frame.type === 'call:hang_up')).toBe(false);
    expect(bob.uid).not.toBe(alice.uid);
  });

  it('calling oneself is 400', async () => {
    const [alice] = (await friends(server, 'alice')) as [Person];
    const a = await TestSocket.open(server, alice.token);
    a.send('call:offer', { receiverId: alice.uid, offer: OFFER });
    expect(await a.next('error')).toMatchObject({ code: 400 });
  });

  it('the receiver may be named by the decimal id, and is answered by uid', async () => {
    const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    a.send('call:offer', { receiverId: String(bob.id), offer: OFFER });
    const { callId, senderId } = await b.next('call:offer');
    expect(senderId).toBe(alice.uid);
    expect((await a.next('call:ringing')).receiverId).toBe(bob.uid);
    b.send('call:answer', { callId, receiverId: String(alice.id), answer: ANSWER });
    await a.next('call:answer');
    a.send('call:ice_candidate', { callId, receiverId: String(bob.id), candidate: CANDIDATE });
    await b.next('call:ice_candidate');
  });

  it.each(['call:answer', 'call:ice_candidate', 'call:signal', 'call:hang_up', 'call:reject', 'call:busy'])(
    '%s for a call that is unknown or not the sender’s is 404, to somebody not in it 403',
    async (type) => {
      const { alice, a, callId } = await ring(server);
      const [carol] = (await friends(server, 'carol')) as [Person];
      const c = await TestSocket.open(server, carol.token);
      const rest = { answer: ANSWER, candidate: CANDIDATE };
      c.send(type, { callId: 'call_00000000000000000000000000', receiverId: alice.uid, ...rest });
      expect(await c.next('error')).toMatchObject({ code: 404 });
      c.send(type, { callId: 'no such call', receiverId: alice.uid, ...rest });
      expect(await c.next('error')).toMatchObject({ code: 404 });
      c.send(type, { callId, receiverId: alice.uid, ...rest });
      expect(await c.next('error')).toMatchObject({ code: 404, callId });
      a.send(type, { callId, receiverId: carol.uid, ...rest });
      expect(await a.next('error')).toMatchObject({ code: 403, callId });
      a.send(type, { callId, receiverId: alice.uid, ...rest });
      expect(await a.next('error')).toMatchObject({ code: 403, callId });
    },
  );

  it('a command that comes too late is 409, and the screen closes', async () => {
    const { alice, bob, a, b, callId } = await connect(server);
    a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'normal' });
    await b.next('call:hang_up');
    for (const type of ['call:answer', 'call:reject', 'call:ice_candidate', 'call:media_state']) {
      b.send(type, { callId, receiverId: alice.uid, answer: ANSWER, candidate: CANDIDATE, muted: true });
      expect(await b.next('error')).toMatchObject({ code: 409, callId });
      expect(await b.next('call:hang_up')).toMatchObject({ callId, senderId: alice.uid });
    }
    // The repeat of one's own leaving took effect before.
    a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'normal' });
    a.send('ping', {});
    await a.next('pong');
    expect(a.frames.some((frame) => frame.type === 'error')).toBe(false);
  });

  it('nobody answers: call:timeout to the caller and every ringing device', async () => {
    await using short = await closing(startTestServer({ ringMs: 300 }));
    const { alice, bob, a, b, callId } = await ring(short);
    const timeout = { callId, senderId: alice.uid, timestamp: expect.stringMatching(ISO_MS) };
    expect(await a.next('call:timeout')).toEqual(timeout);
    expect(await b.next('call:timeout')).toEqual(timeout);
    expect(a.frames.some((frame) => frame.type === 'call:hang_up')).toBe(false);
    const { body } = await api(short, 'GET', `/api/v1/rtc/calls/${bob.uid}`, { token: bob.token });
    expect(body).toMatchObject([{ id: callId, status: 'missed' }]);
  });

  it('a caller who gives up with reason timeout has been missed', async () => {
    const { alice, bob, a, b, callId } = await ring(server);
    a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'timeout' });
    expect(await b.next('call:hang_up')).toMatchObject({ callId, senderId: alice.uid, reason: 'timeout' });
    const { body } = await rtc(alice, 'GET', `calls/${alice.uid}`);
    expect(body).toMatchObject([{ id: callId, status: 'missed' }]);
  });

  it('call:media_state shows both flags to the others, from the socket and from B', async () => {
    const { alice, bob, a, b, callId } = await connect(server);
    b.send('call:media_state', { callId, muted: true });
    expect(await a.next('call:media_state')).toEqual({
      callId,
      senderId: bob.uid,
      muted: true,
      videoOn: true,
      timestamp: expect.stringMatching(ISO_MS),
    });
    await rtc(alice, 'PUT', 'video', { callId, userId: alice.uid, enabled: false });
    expect(await b.next('call:media_state')).toMatchObject({
      senderId: alice.uid,
      muted: false,
      videoOn: false,
    });
    const device = { callId, userId: alice.uid, deviceType: 'audioinput', deviceId: 'mic-2' };
    await rtc(alice, 'PUT', 'device', device);
    expect(await b.next('call:media_state')).toMatchObject({
      muted: false,
      videoOn: false,
      device: { type: 'audioinput', id: 'mic-2' },
    });
  });

  it('call:sync tells what is live, and nothing else', async () => {
    const { alice, bob, a, callId } = await connect(server);
    a.send('call:sync', {});
    expect(await a.next('call:sync')).toEqual({
      calls: [
        {
          callId,
          state: 'connected',
          callType: 'video',
          callerId: alice.uid,
          participants: [
            { uid: alice.uid, state: 'joined', muted: false, videoOn: true },
            { uid: bob.uid, state: 'joined', muted: false, videoOn: true },
          ],
          createdAt: expect.stringMatching(ISO_MS),
          connectedAt: expect.stringMatching(ISO_MS),
        },
      ],
      timestamp: expect.stringMatching(ISO_MS),
    });
    a.send('call:hang_up', { callId, receiverId: bob.uid });
    a.send('call:sync', {});
    expect((await a.next('call:sync')).calls).toEqual([]);
  });

  it('hanging up keeps the metrics beside the statistics', async () => {
    const { bob, a, b, alice, callId } = await connect(server);
    const audio = {
      bytesSent: 1,
      bytesReceived: 2,
      packetsSent: 3,
      packetsReceived: 4,
      packetsLost: 0,
      jitter: 0.01,
      roundTripTime: 0.05,
    };
    await rtc(alice, 'POST', `stats/${callId}`, { stats: { audio } });
    a.send('call:hang_up', {
      callId,
      receiverId: bob.uid,
      reason: 'normal',
      metrics: { quality: 5, packetLoss: 1, latency: 30 },
    });
    await b.next('call:hang_up');
    expect((await rtc(alice, 'GET', `stats/${callId}`)).body.stats.audio).toEqual(audio);
    const kept = await server.app.store.read.calls.stats(callId, alice.id);
    expect(kept?.stats).toMatchObject({ audio, metrics: { quality: 5, packetLoss: 1, latency: 30 } });
  });

  it('metrics alone are no statistics; statistics that come later stand beside them', async () => {
    const { bob, a, alice, callId } = await connect(server);
    const metrics = { quality: 2, more: 'x'.repeat(100_000) };
    a.send('call:hang_up', { callId, receiverId: bob.uid, metrics });
    const kept = async () => (await server.app.store.read.calls.stats(callId, alice.id))?.stats;
    await waitFor(kept, { reason: 'the metrics to be kept' });
    expect((await rtc(alice, 'GET', `stats/${callId}`)).status).toBe(404);
    await rtc(alice, 'POST', `stats/${callId}`, { stats: { audio: { jitter: 0.01 } } });
    expect(await kept()).toEqual({ audio: { jitter: 0.01 }, metrics: { quality: 2 } });
    expect((await rtc(alice, 'GET', `stats/${callId}`)).body.stats).toEqual({ audio: { jitter: 0.01 } });
  });
});

describe('one call, three doors', () => {
  it('begun on a socket, answered by B on the same token, ended by A', async () => {
    const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    const { callId } = await b.next('call:offer');
    await rtc(bob, 'POST', 'answer', { callId, userId: bob.uid, answer: ANSWER });
    expect(await a.next('call:answer')).toMatchObject({ callId, senderId: bob.uid, answer: ANSWER });
    // The request and the socket are one device: they share the token.
    await b.next('call:accepted');
    expect(b.frames.some((frame) => frame.type === 'call:answered_elsewhere')).toBe(false);
    await rtc(bob, 'POST', 'call/hangup', { callId, userId: bob.id });
    expect(await a.next('call:hang_up')).toMatchObject({ callId, senderId: bob.uid, reason: 'normal' });
  });

  it('begun by A, it rings on sockets, is negotiated by call:signal and ended on a socket', async () => {
    const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    const body = { callerId: alice.id, calleeId: bob.id, callType: 'AUDIO' };
    const { callId } = (await rtc(alice, 'POST', 'call/initiate', body)).body.data;
    expect(await b.next('call:offer')).toMatchObject({ callId, callType: 'audio' });
    b.send('call:answer', { callId, receiverId: alice.uid });
    await a.next('call:answer');
    a.send('call:signal', { callId, receiverId: bob.uid, description: OFFER });
    expect(await b.next('call:signal')).toEqual({
      callId,
      senderId: alice.uid,
      description: OFFER,
      timestamp: expect.stringMatching(ISO_MS),
    });
    b.send('call:signal', { callId, receiverId: alice.uid, description: ANSWER, candidate: null });
    expect(await a.next('call:signal')).toMatchObject({ description: ANSWER, candidate: null });
    b.send('call:hang_up', { callId, receiverId: alice.uid });
    expect(await a.next('call:hang_up')).toMatchObject({ callId, senderId: bob.uid, reason: 'normal' });
  });

  it('B’s candidates and descriptions are C’s frames, and the other way round', async () => {
    const { alice, bob, a, b, callId } = await connect(server);
    const signal = (type: string, rest: object) =>
      rtc(bob, 'POST', 'signal', {
        callId,
        fromUserId: bob.uid,
        toUserId: alice.uid,
        signal: { type, ...rest },
      });
    // Bob's REST client is another device than his phone unless it says so; services have none.
    const asPhone = (type: string, rest: object) =>
      api(server, 'POST', '/api/v1/rtc/signal', {
        token: bob.token,
        headers: { 'x-device-id': 'b-phone' },
        body: { callId, fromUserId: bob.uid, toUserId: alice.uid, signal: { type, ...rest } },
      });
    expect((await asPhone('candidate', { candidate: CANDIDATE })).body).toEqual({ success: true });
    expect(await a.next('call:ice_candidate')).toMatchObject({ senderId: bob.uid, candidate: CANDIDATE });
    expect((await asPhone('offer', { sdp: OFFER.sdp })).status).toBe(200);
    expect(await a.next('call:signal')).toMatchObject({ senderId: bob.uid, description: OFFER });
    expect((await signal('candidate', { candidate: CANDIDATE })).status).toBe(200);
    await a.next('call:ice_candidate');
    expect(b.closed).toBeUndefined();
  });

  it('a group call: everybody is told of everybody’s part, and it ends when fewer than two remain', async () => {
    const [alice, bob, carol, dave] = (await friends(server, 'alice', 'bob', 'carol', 'dave')) as [
      Person,
      Person,
      Person,
      Person,
    ];
    const [a, b, c, d] = (await Promise.all(
      [alice, bob, carol, dave].map((person) => TestSocket.open(server, person.token)),
    )) as [TestSocket, TestSocket, TestSocket, TestSocket];
    const body = { type: 'video', callerId: alice.uid, calleeIds: [bob.uid, carol.uid] };
    const callId = (await rtc(alice, 'POST', 'call', body)).body.call.id;
    await b.next('call:offer');
    await c.next('call:offer');
    b.send('call:answer', { callId, receiverId: alice.uid });
    expect(await a.next('call:answer')).toMatchObject({ senderId: bob.uid });
    await waitForPart(c, bob.uid, 'joined');
    c.send('call:answer', { callId, receiverId: alice.uid });
    expect(await waitForPart(b, carol.uid, 'joined')).toEqual({
      callId,
      uid: carol.uid,
      state: 'joined',
      muted: false,
      videoOn: true,
      senderInfo: { id: carol.id, username: 'carol', avatar: 'https://example.com/carol.png' },
      timestamp: expect.stringMatching(ISO_MS),
    });
    await rtc(bob, 'POST', 'invite', { callId, inviterId: bob.uid, inviteeIds: [dave.uid] });
    expect(await d.next('call:offer')).toMatchObject({ callId, senderId: bob.uid, invited: true });
    await waitForPart(a, dave.uid, 'ringing');
    d.send('call:reject', { callId, receiverId: bob.uid });
    await waitForPart(a, dave.uid, 'rejected');
    expect(await b.next('call:reject')).toMatchObject({ callId, senderId: dave.uid });
    b.send('call:signal', { callId, receiverId: carol.uid, description: OFFER });
    expect(await c.next('call:signal')).toMatchObject({ senderId: bob.uid, description: OFFER });
    a.send('call:hang_up', { callId, receiverId: bob.uid });
    await waitForPart(b, alice.uid, 'left');
    expect(b.frames.some((frame) => frame.type === 'call:hang_up')).toBe(false);
    c.send('call:hang_up', { callId, receiverId: bob.uid });
    expect(await b.next('call:hang_up')).toMatchObject({ callId, senderId: carol.uid, reason: 'normal' });
  });
});

async function waitForPart(socket: TestSocket, uid: string, state: string) {
  for (;;) {
    const data = await socket.next('call:participant');
    if (data.uid === uid && data.state === state) return data;
  }
}

async function closing(starting: Promise<TestServer>) {
  const started = await starting;
  return { ...started, [Symbol.asyncDispose]: () => started.close() };
}
