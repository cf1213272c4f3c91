import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person, TestServer } from '../../support/server.ts';
import { api } from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';
import { waitFor } from '../../support/wait-for.ts';
import { ANSWER, CANDIDATE, connect, friends, ISO_MS, OFFER, ring, startServer } from './people.ts';

/** Rules 1 and 5 on sockets: all devices ring, one wins, the others are told. */
let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

/** Everything the server has to say to a socket has been said once it answers this. */
async function settle(socket: TestSocket): Promise<void> {
  socket.send('ping', {});
  await socket.next('pong');
}
const types = (socket: TestSocket) => socket.frames.map((frame) => frame.type);

describe('several devices', () => {
  it('rings all of the callee, tells the caller once, and the first answer wins', async () => {
    const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
    const a = await TestSocket.open(server, alice.token);
    const other = await TestSocket.open(server, alice.token);
    const phone = await TestSocket.open(server, bob.token, 'phone');
    const web = await TestSocket.open(server, bob.token, 'web');
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    const { callId } = await phone.next('call:offer');
    expect((await web.next('call:offer')).callId).toBe(callId);
    expect(await a.next('call:ringing')).toEqual({
      callId,
      receiverId: bob.uid,
      timestamp: expect.stringMatching(ISO_MS),
    });
    await other.next('call:ringing');
    web.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    expect(await web.next('call:accepted')).toEqual({
      callId,
      participants: [
        { uid: alice.uid, state: 'joined', muted: false, videoOn: true },
        { uid: bob.uid, state: 'joined', muted: false, videoOn: true },
      ],
      timestamp: expect.stringMatching(ISO_MS),
    });
    expect(await phone.next('call:answered_elsewhere')).toEqual({
      callId,
      timestamp: expect.stringMatching(ISO_MS),
    });
    phone.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    expect(await phone.next('error')).toMatchObject({ code: 409, callId });
    expect(await phone.next('call:hang_up')).toMatchObject({ callId, reason: 'answered_elsewhere' });
    phone.send('call:reject', { callId, receiverId: alice.uid });
    expect(await phone.next('error')).toMatchObject({ code: 409, callId });
    // The winner's repeat is answered as the first time, and nobody hears of it.
    web.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    await web.next('call:accepted');
    await settle(a);
    expect(types(a).filter((type) => type === 'call:ringing')).toHaveLength(1);
    expect(types(a).filter((type) => type === 'call:answer')).toHaveLength(1);
    expect(types(web)).not.toContain('call:answered_elsewhere');
  });

  it('a refusal on one stops the others', async () => {
    const { alice, bob, a, b, callId } = await ring(server);
    const late = await TestSocket.open(server, bob.token, 'late');
    await late.next('call:offer');
    b.send('call:reject', { callId, receiverId: alice.uid });
    await a.next('call:reject');
    expect(await late.next('call:rejected_elsewhere')).toEqual({
      callId,
      timestamp: expect.stringMatching(ISO_MS),
    });
    await settle(b);
    expect(types(b)).not.toContain('call:rejected_elsewhere');
  });

  it('the caller cancels: every ringing device gets call:hang_up with reason cancelled', async () => {
    const { alice, bob, a, b, callId } = await ring(server);
    const late = await TestSocket.open(server, bob.token, 'late');
    await late.next('call:offer');
    a.send('call:hang_up', { callId, receiverId: bob.uid });
    for (const device of [b, late]) {
      expect(await device.next('call:hang_up')).toEqual({
        callId,
        senderId: alice.uid,
        reason: 'cancelled',
        timestamp: expect.stringMatching(ISO_MS),
      });
    }
    b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    expect(await b.next('error')).toMatchObject({ code: 409, callId });
    await b.next('call:hang_up');
  });

  it('a device that comes while it rings gets the call and what was sent before, in this order', async () => {
    const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
    const a = await TestSocket.open(server, alice.token);
    const b = await TestSocket.open(server, bob.token);
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER, conversationId: 'chat-9', callType: 'audio' });
    const { callId } = await b.next('call:offer');
    const candidates = [1, 2, 3].map((n) => ({ ...CANDIDATE, candidate: `candidate:${n}` }));
    for (const candidate of candidates)
      a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate });
    await b.next('call:ice_candidate');
    await settle(a);
    const late = await TestSocket.open(server, bob.token, 'late');
    expect(await late.next('call:offer')).toEqual({
      callId,
      senderId: alice.uid,
      senderInfo: { id: alice.id, username: 'alice', avatar: 'https://example.com/alice.png' },
      offer: OFFER,
      conversationId: 'chat-9',
      callType: 'audio',
      timestamp: expect.stringMatching(ISO_MS),
    });
    await settle(late);
    expect(
      late.frames.filter((frame) => frame.type === 'call:ice_candidate').map((frame) => frame.data.candidate),
    ).toEqual(candidates);
    expect(types(late)[0]).toBe('call:offer');
  });

  it('a call from REST rings on the first device that comes, and the caller hears of it then', async () => {
    const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
    const a = await TestSocket.open(server, alice.token);
    const body = { type: 'video', callerId: alice.uid, calleeIds: [bob.uid] };
    const placed = await api(server, 'POST', '/api/v1/rtc/call', { token: alice.token, body });
    const callId = placed.body.call.id;
    await settle(a);
    expect(types(a)).not.toContain('call:ringing');
    const b = await TestSocket.open(server, bob.token);
    const offer = await b.next('call:offer');
    expect(offer).toMatchObject({ callId, senderId: alice.uid });
    expect(offer).not.toHaveProperty('offer');
    expect(await a.next('call:ringing')).toMatchObject({ callId, receiverId: bob.uid });
    // Without an offer it may be answered without an answer.
    b.send('call:answer', { callId, receiverId: alice.uid });
    await b.next('call:accepted');
    expect(await a.next('call:answer')).not.toHaveProperty('answer');
  });

  it('an offer wants an answer', async () => {
    const { alice, b, callId } = await ring(server);
    b.send('call:answer', { callId, receiverId: alice.uid });
    expect(await b.next('error')).toMatchObject({ code: 400 });
    b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    await b.next('call:accepted');
  });

  it('a second socket of one device takes the place of the first', async () => {
    const { bob, b } = await connect(server);
    const again = await TestSocket.open(server, bob.token, 'b-phone');
    await waitFor(() => b.closed, { reason: 'the first socket to close' });
    expect(b.closed).toEqual({ code: 4001, reason: 'replaced' });
    again.send('call:sync', {});
    expect((await again.next('call:sync')).calls).toHaveLength(1);
  });

  it('two people may give their devices the same name', async () => {
    const [alice, bob] = (await friends(server, 'alice', 'bob')) as [Person, Person];
    const a = await TestSocket.open(server, alice.token, 'phone');
    const b = await TestSocket.open(server, bob.token, 'phone');
    a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
    await b.next('call:offer');
    await a.close();
    await settle(b);
    expect(b.closed).toBeUndefined();
  });
});
