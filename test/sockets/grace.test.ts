import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';
import { ANSWER, callOf, friends, pair, settle } from './people.ts';

const GRACE_MS = 1200;
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ graceMs: GRACE_MS });
});
afterAll(() => server.close());

const lost = (callId: string, uid: string) =>
  waitFor(
    async () => (await callOf(server, callId))?.legs.find((leg) => leg.uid === uid && leg.lostAt !== null),
    {
      reason: 'the leg to be lost',
    },
  );

/** Time in which a grace that had begun would have ended. */
async function outlast(callId: string): Promise<void> {
  const from = Date.now();
  await waitFor(() => Date.now() - from > GRACE_MS * 2.5, { reason: 'more than the grace to pass' });
  expect((await callOf(server, callId))?.state).toBe('connected');
}

// Side by side, for most of the time they wait.
describe.concurrent('a connected person whose socket is gone', () => {
  it('has left after the grace', async () => {
    const { a, b, bob, callId } = await pair(server);
    b.kill();
    expect(await a.next('call:hang_up', 8000)).toMatchObject({ callId, senderId: bob.uid, reason: 'lost' });
    expect(await callOf(server, callId)).toMatchObject({ state: 'ended', endReason: 'lost' });
  });

  it('goes on when the same device is back in time', async () => {
    const { a, b, alice, bob, callId } = await pair(server);
    b.kill();
    await lost(callId, bob.uid);
    a.send('call:signal', { callId, receiverId: bob.uid, description: { type: 'offer', sdp: 'restart' } });
    await settle(a);
    const back = await TestSocket.open(server, bob.token, 'b-phone');
    // What was sent meanwhile is waiting.
    expect(await back.next('call:signal')).toMatchObject({
      senderId: alice.uid,
      description: { sdp: 'restart' },
    });
    back.send('call:sync', {});
    expect((await back.next('call:sync')).calls).toMatchObject([{ callId, state: 'connected' }]);
    await outlast(callId);
    a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate: null });
    await back.next('call:ice_candidate');
    expect(a.frames.some(({ type }) => type === 'call:hang_up')).toBe(false);
  });

  it('a client that names no device goes on with its next socket', async () => {
    const { b, alice, bob, callId, a } = await pair(server, false);
    b.kill();
    await lost(callId, bob.uid);
    const back = await TestSocket.open(server, bob.token);
    back.send('call:ice_candidate', { callId, receiverId: alice.uid, candidate: null });
    await a.next('call:ice_candidate');
    await outlast(callId);
  });

  it('a client that names no device and is back before its old socket is known to be dead goes on, too', async () => {
    const { b, bob, callId } = await pair(server, false);
    const back = await TestSocket.open(server, bob.token);
    await settle(back);
    b.kill();
    await lost(callId, bob.uid);
    back.send('call:sync', {});
    expect((await back.next('call:sync')).calls).toMatchObject([{ callId }]);
    await outlast(callId);
  });

  it('another named device does not take the leg', async () => {
    const { a, b, bob, alice, callId } = await pair(server);
    b.kill();
    await lost(callId, bob.uid);
    const other = await TestSocket.open(server, bob.token, 'tablet');
    other.send('call:sync', {});
    await other.next('call:sync');
    other.send('call:ice_candidate', { callId, receiverId: alice.uid, candidate: null });
    expect(await other.next('error')).toMatchObject({ code: 409 });
    expect(await a.next('call:hang_up', 8000)).toMatchObject({ reason: 'lost' });
  });
});

describe.concurrent('a leg of REST', () => {
  it('has a grace once it has a socket, by token or by device id', async () => {
    const [alice, bob] = await friends(server, 2);
    if (!alice || !bob) throw new Error('two people were asked for');
    const a = await TestSocket.open(server, alice.token, 'web');
    const headers = { 'x-device-id': 'web' };
    const body = { type: 'audio', callerId: alice.uid, calleeIds: [bob.uid] };
    const placed = await api(server, 'POST', '/api/v1/rtc/call', { token: alice.token, headers, body });
    const callId = placed.body.call.id;
    const answer = { callId, userId: bob.uid, answer: ANSWER };
    expect((await api(server, 'POST', '/api/v1/rtc/answer', { token: bob.token, body: answer })).status).toBe(
      200,
    );
    expect((await callOf(server, callId))?.legs).toMatchObject([{ bound: true }, { bound: false }]);
    // Bob's socket comes with the token of his request: it is the same device.
    const b = await TestSocket.open(server, bob.token, 'phone');
    await waitFor(async () => (await callOf(server, callId))?.legs[1]?.bound, {
      reason: 'the leg to be bound',
    });
    await outlast(callId);
    b.kill();
    expect(await a.next('call:hang_up', 8000)).toMatchObject({ callId, senderId: bob.uid, reason: 'lost' });
  });

  it('without a socket it stays', async () => {
    const [alice, bob] = await friends(server, 2);
    if (!alice || !bob) throw new Error('two people were asked for');
    const body = { type: 'audio', callerId: alice.uid, calleeIds: [bob.uid] };
    const placed = await api(server, 'POST', '/api/v1/rtc/call', { token: alice.token, body });
    const callId = placed.body.call.id;
    await api(server, 'POST', '/api/v1/rtc/answer', { token: bob.token, body: { callId, userId: bob.uid } });
    // Sockets of other devices that come and go are not the leg's.
    const other = await TestSocket.open(server, await server.tokenOf(bob.uid), 'other');
    other.kill();
    await outlast(callId);
  });
});
