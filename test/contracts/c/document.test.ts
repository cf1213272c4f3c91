import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../../support/server.ts';
import { api } from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';
import { ANSWER, CANDIDATE, connect, friends, ISO_MS, OFFER, ring, startServer } from './people.ts';

/** Contract C section by section: every frame both ways, with exactly the document's fields. */
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

describe('2.1 GET /api/rtc/ice-servers', () => {
  it('answers {success, data: {iceServers}} to a person', async () => {
    const [alice] = await friends(server, 'alice');
    const answer = await api(server, 'GET', '/api/rtc/ice-servers', { token: alice?.token ?? '' });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ success: true, data: { iceServers: expect.any(Array) } });
  });

  it('refuses without a token in its own envelope', async () => {
    const answer = await api(server, 'GET', '/api/rtc/ice-servers');
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ success: false, message: '需要登录', code: 401 });
    expect((await api(server, 'GET', '/api/rtc/nothing')).body).toEqual({
      success: false,
      message: '接口不存在',
      code: 404,
    });
  });
});

describe('4. frames', () => {
  it('4.1 call:offer reaches the receiver with the sender and everything given', async () => {
    const [alice, bob] = await friends(server, 'alice', 'bob');
    if (!alice || !bob) throw new Error('two people were asked for');
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER, conversationId: 'chat-7', callType: 'audio' });
    expect(await b.next('call:offer')).toEqual({
      callId: expect.stringMatching(/^call_/),
      senderId: alice.uid,
      senderInfo: { id: alice.id, username: 'alice', avatar: 'https://example.com/alice.png' },
      offer: OFFER,
      conversationId: 'chat-7',
      callType: 'audio',
      timestamp: expect.stringMatching(ISO_MS),
    });
  });

  it('4.1 callType is video unless said otherwise', async () => {
    expect((await ring(server)).offer.callType).toBe('video');
  });

  it('4.2 call:answer reaches the caller', async () => {
    const { answer, callId, bob } = await connect(server);
    expect(answer).toEqual({
      callId,
      senderId: bob.uid,
      responderInfo: { id: bob.id, username: 'bob', avatar: 'https://example.com/bob.png' },
      answer: ANSWER,
      timestamp: expect.stringMatching(ISO_MS),
    });
  });

  it('4.3 call:ice_candidate goes both ways', async () => {
    const { a, b, alice, bob, callId } = await connect(server);
    a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate: CANDIDATE });
    expect(await b.next('call:ice_candidate')).toEqual({
      callId,
      senderId: alice.uid,
      candidate: CANDIDATE,
      timestamp: expect.stringMatching(ISO_MS),
    });
    b.send('call:ice_candidate', { callId, receiverId: alice.uid, candidate: CANDIDATE });
    expect((await a.next('call:ice_candidate')).senderId).toBe(bob.uid);
  });

  it('4.4 call:hang_up carries the reason to the other side', async () => {
    const { a, b, alice, bob, callId } = await connect(server);
    const metrics = { quality: 4, packetLoss: 0.5, latency: 40 };
    a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'normal', metrics });
    expect(await b.next('call:hang_up')).toEqual({
      callId,
      senderId: alice.uid,
      reason: 'normal',
      timestamp: expect.stringMatching(ISO_MS),
    });
  });

  it('4.4 from the callee, with another reason, too', async () => {
    const { a, b, alice, bob, callId } = await connect(server);
    b.send('call:hang_up', { callId, receiverId: alice.uid, reason: 'error' });
    expect(await a.next('call:hang_up')).toMatchObject({ callId, senderId: bob.uid, reason: 'error' });
  });

  it.each(['rejected', 'busy', 'media_error', undefined])(
    '4.5 call:reject with reason %s',
    async (reason) => {
      const { a, b, alice, bob, callId } = await ring(server);
      b.send('call:reject', { callId, receiverId: alice.uid, reason });
      expect(await a.next('call:reject')).toEqual({
        callId,
        senderId: bob.uid,
        reason: reason ?? 'rejected',
        timestamp: expect.stringMatching(ISO_MS),
      });
      expect(a.frames.some((frame) => frame.type === 'call:hang_up')).toBe(false);
    },
  );

  it('4.6 call:not_available when nobody is there; the call is missed as unavailable', async () => {
    const [alice, bob] = await friends(server, 'alice', 'bob');
    if (!alice || !bob) throw new Error('two people were asked for');
    const a = await TestSocket.open(server, alice.token);
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    expect(await a.next('call:not_available')).toEqual({ message: '对方不在线', receiverId: bob.uid });
    const { body } = await api(server, 'GET', `/api/v1/rtc/calls/${bob.uid}`, { token: bob.token });
    expect(body).toMatchObject([{ callerId: alice.uid, status: 'missed' }]);
  });

  it('4.7 call:busy from the receiver', async () => {
    const { a, b, alice, bob, callId } = await ring(server);
    b.send('call:busy', { callId, receiverId: alice.uid });
    expect(await a.next('call:busy')).toEqual({
      callId,
      senderId: bob.uid,
      message: '对方忙',
      timestamp: expect.stringMatching(ISO_MS),
    });
    expect(a.frames.some((frame) => frame.type === 'call:reject')).toBe(false);
  });

  it('4.7 call:busy from the server when the receiver is in another call', async () => {
    const { alice, bob } = await connect(server);
    const [carol] = await friends(server, 'carol');
    if (!carol) throw new Error('somebody was asked for');
    await server.befriend(carol, bob);
    const c = await TestSocket.open(server, carol.token);
    c.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    expect(await c.next('call:busy')).toEqual({
      callId: expect.stringMatching(/^call_/),
      senderId: bob.uid,
      message: '对方忙',
      timestamp: expect.stringMatching(ISO_MS),
    });
    expect(alice.uid).not.toBe(carol.uid);
  });
});

describe('5 and 6. checks and errors', () => {
  it.each([
    ['nobody', '用户不存在', 404],
    ['a stranger', '互为联系人才能呼叫', 403],
  ])('an offer to %s', async (whom, message, code) => {
    const [alice] = await friends(server, 'alice');
    const [stranger] = await friends(server, 'stranger');
    if (!alice || !stranger) throw new Error('two people were asked for');
    const a = await TestSocket.open(server, alice.token);
    a.send('call:offer', { receiverId: whom === 'nobody' ? 'nobody-at-all' : stranger.uid, offer: OFFER });
    expect(a.frames).toEqual([]);
    expect(await a.next('error')).toEqual({ message, code });
    a.send('ping', {});
    await a.next('pong');
  });

  it('checks in this order: exists, may be called, is there, is free', async () => {
    const [alice, bob, carol] = await friends(server, 'alice', 'bob', 'carol');
    const [stranger] = await friends(server, 'stranger');
    if (!alice || !bob || !carol || !stranger) throw new Error('four people were asked for');
    const a = await TestSocket.open(server, alice.token);
    // A stranger who is not there: the contact comes first.
    a.send('call:offer', { receiverId: stranger.uid, offer: OFFER });
    expect((await a.next('error')).code).toBe(403);
    // Engaged by REST and not there: being there comes first.
    const body = { type: 'video', callerId: carol.uid, calleeIds: [bob.uid] };
    await api(server, 'POST', '/api/v1/rtc/call', { token: carol.token, body });
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    expect(await a.next('call:not_available')).toMatchObject({ receiverId: bob.uid });
  });

  it('members of one group may call each other', async () => {
    const one = await server.person('member-one');
    const two = await server.person('member-two');
    await server.app.store.transaction((tx) =>
      tx.groups.put({ id: 'group_c', name: 'C', ownerId: one.id, memberIds: [one.id, two.id], createdAt: 1 }),
    );
    const a = await TestSocket.open(server, one.token);
    const b = await TestSocket.open(server, two.token);
    a.send('call:offer', { receiverId: two.uid, offer: OFFER });
    expect((await b.next('call:offer')).senderId).toBe(one.uid);
  });
});
