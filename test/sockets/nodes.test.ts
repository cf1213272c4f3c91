import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase, redisUrl } from '../support/databases.ts';
import { startProcess } from '../support/process.ts';
import type { Person, TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';
import { ANSWER, callOf, closed, friends, OFFER, settle } from './people.ts';

/** Two nodes on one PostgreSQL and one Redis: where a socket is makes no difference. */
let database: FreshDatabase;
let one: TestServer;
let two: TestServer;
beforeAll(async () => {
  database = await freshDatabase('postgres');
  const settings = { databaseUrl: database.url, redisUrl: `${redisUrl()}/7`, graceMs: 1500 };
  one = await startTestServer(settings);
  two = await startTestServer(settings);
  for (const node of [one, two]) {
    await waitFor(async () => (await api(node, 'GET', '/ready')).status === 200, {
      reason: 'the node to be ready',
    });
  }
});
afterAll(async () => {
  await one.close();
  await two.close();
  await database[Symbol.asyncDispose]();
});

/** Alice on the first node, Bob on the second, in a call. */
async function across() {
  const [alice, bob] = (await friends(one, 2)) as [Person, Person];
  const a = await TestSocket.open(one, alice.token, 'a-phone');
  const b = await TestSocket.open(two, bob.token, 'b-phone');
  a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
  const { callId } = await b.next('call:offer');
  await a.next('call:ringing');
  return { alice, bob, a, b, callId: callId as string };
}

const candidate = (n: number) => ({ candidate: `candidate:${n}` });

// Side by side, for most of the time they wait.
describe.concurrent('a call between two nodes', () => {
  it('rings, is answered, relays in order and ends', async () => {
    const { alice, bob, a, b, callId } = await across();
    b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    for (let n = 0; n < 100; n++)
      b.send('call:ice_candidate', { callId, receiverId: alice.uid, candidate: candidate(n) });
    await a.next('call:answer');
    await b.next('call:accepted');
    await waitFor(() => a.frames.filter(({ type }) => type === 'call:ice_candidate').length === 100, {
      reason: 'all candidates',
    });
    const heard = a.frames.filter(({ type }) => type === 'call:answer' || type === 'call:ice_candidate');
    expect(heard.map(({ data }) => data.candidate?.candidate ?? 'answer')).toEqual([
      'answer',
      ...Array.from({ length: 100 }, (_, n) => `candidate:${n}`),
    ]);
    a.send('call:hang_up', { callId, receiverId: bob.uid, reason: 'normal' });
    expect(await b.next('call:hang_up')).toMatchObject({ callId, senderId: alice.uid, reason: 'normal' });
  });

  it('one device of each person wins, whichever node it is on', async () => {
    const { alice, bob, a, b, callId } = await across();
    const near = await TestSocket.open(one, bob.token, 'near');
    await near.next('call:offer');
    near.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    await a.next('call:answer');
    const winner = await waitFor(
      () => [near, b].find((socket) => socket.frames.some(({ type }) => type === 'call:accepted')),
      { reason: 'a winner' },
    );
    const loser = winner === near ? b : near;
    await loser.next('call:answered_elsewhere');
    await settle(loser);
    expect(loser.frames.some(({ type }) => type === 'call:accepted')).toBe(false);
  });

  it('a device that comes late on another node gets what was sent before', async () => {
    const { bob, a, b, callId } = await across();
    for (let n = 0; n < 5; n++)
      a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate: candidate(n) });
    await waitFor(() => b.frames.filter(({ type }) => type === 'call:ice_candidate').length === 5, {
      reason: 'the candidates on the other node',
    });
    for (const node of [one, two]) {
      const late = await TestSocket.open(node, bob.token, 'late');
      expect(await late.next('call:offer')).toMatchObject({ callId, offer: OFFER });
      await settle(late);
      const heard = late.frames.filter(({ type }) => type === 'call:ice_candidate');
      expect(heard.map(({ data }) => data.candidate)).toEqual([0, 1, 2, 3, 4].map(candidate));
    }
  });

  it('a command over REST on one node is told on the other', async () => {
    const { alice, bob, a, b, callId } = await across();
    const headers = { 'x-device-id': 'b-phone' };
    const body = { callId, userId: bob.uid, answer: ANSWER };
    expect((await api(one, 'POST', '/api/v1/rtc/answer', { token: bob.token, headers, body })).status).toBe(
      200,
    );
    await a.next('call:answer');
    await b.next('call:accepted');
    // The device's socket is on the other node; its leg has its grace all the same.
    await waitFor(async () => (await callOf(one, callId))?.legs[1]?.bound, { reason: 'the leg to be bound' });
    b.kill();
    expect(await a.next('call:hang_up', 8000)).toMatchObject({ senderId: bob.uid, reason: 'lost' });
    expect(alice.uid).not.toBe(bob.uid);
  });
});

describe.concurrent('devices and nodes', () => {
  it('a device that comes back on another node takes its own place, and its call goes on', async () => {
    const { alice, bob, a, b, callId } = await across();
    b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
    await a.next('call:answer');
    const back = await TestSocket.open(one, bob.token, 'b-phone');
    expect((await closed(b)).code).toBe(4001);
    const from = Date.now();
    await waitFor(() => Date.now() - from > 3000, { reason: 'twice the grace to pass' });
    expect((await callOf(one, callId))?.state).toBe('connected');
    a.send('call:ice_candidate', { callId, receiverId: bob.uid, candidate: null });
    await back.next('call:ice_candidate');
  });

  it('presence, sign-outs and the limit of ten count everywhere', async () => {
    const [alice, bob] = (await friends(one, 2)) as [Person, Person];
    const a = await TestSocket.open(one, alice.token);
    const sockets: TestSocket[] = [];
    for (let n = 0; n < 10; n++) sockets.push(await TestSocket.open(n % 2 ? one : two, bob.token));
    expect(await a.next('presence')).toEqual({ uid: bob.uid, online: true });
    const eleventh = await TestSocket.open(two, bob.token);
    expect((await closed(eleventh)).code).toBe(1008);
    await one.app.people.revoke(bob.user);
    for (const socket of sockets) expect((await closed(socket)).code).toBe(4003);
    expect(await a.next('presence')).toEqual({ uid: bob.uid, online: false });
  });

  it('a node that dies takes its people along: offline, and their calls end after the grace', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'parley-node-'));
    const third = await startProcess({
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      REDIS_URL: `${redisUrl()}/7`,
      RECONNECT_GRACE_S: '1',
    });
    try {
      const [alice, bob] = (await friends(one, 2)) as [Person, Person];
      const a = await TestSocket.open(one, alice.token);
      const b = await TestSocket.open(third, bob.token, 'b-phone');
      a.send('call:offer', { receiverId: bob.uid, offer: OFFER });
      const { callId } = await b.next('call:offer');
      b.send('call:answer', { callId, receiverId: alice.uid, answer: ANSWER });
      await a.next('call:answer');
      await third.stop('SIGKILL');
      expect(await a.next('call:hang_up', 40_000)).toMatchObject({ senderId: bob.uid, reason: 'lost' });
      expect(a.frames.filter(({ type }) => type === 'presence').at(-1)?.data).toEqual({
        uid: bob.uid,
        online: false,
      });
      expect(await one.app.store.read.devices.of(bob.id)).toEqual([]);
    } finally {
      await third.stop('SIGKILL');
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
