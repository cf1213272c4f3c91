import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeEngine } from '../../src/adapters/engine/fake.ts';
import type { Person, TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { TestSocket } from '../support/socket.ts';
import { waitFor } from '../support/wait-for.ts';
import { callOf, pair } from './people.ts';

const engine = new FakeEngine();
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, { engine });
});
afterAll(() => server.close());

const identities = async (room: string) => (await engine.members(room)).map(({ identity }) => identity);
const until = (reason: string, look: () => Promise<boolean>) =>
  waitFor(async () => (await look()) || undefined, { reason });

/** Two in a call, and a third who knows both and has a device. */
async function trio() {
  const two = await pair(server);
  const carol = await server.person(`carol-${two.callId.slice(-6)}`);
  await server.befriend(two.alice, two.bob, carol);
  const c = await TestSocket.open(server, carol.token, 'c-phone');
  return { ...two, carol, c };
}

const invite = (callId: string, by: Person, ...people: Person[]) =>
  api(server, 'POST', '/api/v1/rtc/invite', {
    token: by.token,
    body: { callId, inviterId: by.uid, inviteeIds: people.map(({ uid }) => uid) },
  });

describe('a call of two to which a third is asked', () => {
  it('moves to a room: the same call, and a ticket of one’s own for each', async () => {
    const { a, b, c, alice, bob, carol, callId } = await trio();
    expect((await invite(callId, alice, carol)).status).toBe(200);
    const [forA, forB] = [await a.next('call:upgraded'), await b.next('call:upgraded')];
    expect(forA).toMatchObject({ callId, room: callId, url: server.wsUrl });
    expect(forB).toMatchObject({ callId, room: callId, url: server.wsUrl });
    expect(forA.token).not.toBe(forB.token);
    expect(await engine.rooms([callId])).toMatchObject([{ name: callId }]);
    expect(c.frames.some(({ type }) => type === 'call:upgraded')).toBe(false);

    expect(await c.next('call:offer')).toMatchObject({ callId, invited: true });
    c.send('call:answer', { callId, receiverId: alice.uid });
    expect(await c.next('call:accepted')).toMatchObject({ callId, media: 'sfu' });
    expect(await c.next('call:upgraded')).toMatchObject({ callId, room: callId });
    expect(await callOf(server, callId)).toMatchObject({ media: 'sfu', state: 'connected' });

    // Whoever leaves is out of the room; the others go on in it, and the last ends it.
    for (const { uid } of [alice, bob, carol]) engine.enter(callId, uid);
    c.send('call:hang_up', { callId, receiverId: alice.uid });
    await until('carol to be out of the room', async () => !(await identities(callId)).includes(carol.uid));
    expect(await callOf(server, callId)).toMatchObject({ media: 'sfu', state: 'connected' });
    b.send('call:hang_up', { callId, receiverId: alice.uid });
    await until('the room to close', async () => (await engine.rooms([callId])).length === 0);
    expect(await callOf(server, callId)).toMatchObject({ state: 'ended' });
  });

  it('tells a client that came back how to come in again', async () => {
    const { a, alice, carol, callId } = await trio();
    await invite(callId, alice, carol);
    const before = await a.next('call:upgraded');
    a.send('call:sync', {});
    expect((await a.next('call:sync')).calls).toMatchObject([{ callId, media: 'sfu' }]);
    const again = await a.next('call:upgraded');
    expect(again).toMatchObject({ callId, room: callId });
    expect(again.token).not.toBe(before.token);
  });

  it('shows the room over REST to who is in it, and to nobody else', async () => {
    const { alice, bob, carol, callId, a } = await trio();
    const detail = async (token: string) =>
      (await api(server, 'GET', `/api/v1/rtc/call/${callId}`, { token })).body.media;
    expect(await detail(alice.token)).toEqual({ mode: 'p2p' });
    await invite(callId, alice, carol);
    await a.next('call:upgraded');
    expect(await detail(bob.token)).toMatchObject({ mode: 'sfu', room: callId, url: server.wsUrl });
    expect(await detail(carol.token)).toBeUndefined();
    expect(await detail(server.service)).toBeUndefined();
    const joined = await api(server, 'POST', '/api/v1/rtc/join', {
      token: carol.token,
      body: { callId, userId: carol.uid },
    });
    expect(joined.body.media).toMatchObject({ mode: 'sfu', room: callId });
    expect(joined.body.media.token).toEqual(expect.any(String));
  });

  it('mutes in the room what is muted over REST', async () => {
    const { alice, bob, carol, callId, a } = await trio();
    await invite(callId, alice, carol);
    await a.next('call:upgraded');
    engine.enter(callId, bob.uid);
    engine.publish(callId, bob.uid, { kind: 'audio', source: 'microphone', muted: false });
    engine.publish(callId, bob.uid, { kind: 'video', source: 'camera', muted: false });
    const body = { callId, userId: bob.uid, muted: true };
    expect((await api(server, 'PUT', '/api/v1/rtc/mute', { token: bob.token, body })).status).toBe(200);
    const tracks = async () => (await engine.members(callId))[0]?.tracks ?? [];
    await until('the microphone to be muted', async () =>
      (await tracks()).some(({ source, muted }) => source === 'microphone' && muted),
    );
    expect((await tracks()).find(({ source }) => source === 'camera')?.muted).toBe(false);
  });
});

describe('what a crash leaves between a commit and its effect', () => {
  it('is made right: rooms of calls that are over close, people who left are removed', async () => {
    const { alice, bob, carol, callId, a } = await trio();
    await invite(callId, alice, carol);
    await a.next('call:upgraded');
    const [gone, stranger] = ['call_00000000000000000000000000', 'nobody-of-this-call'];
    engine.enter(gone, 'somebody');
    engine.enter('not-a-call', 'somebody');
    for (const uid of [alice.uid, bob.uid, stranger]) engine.enter(callId, uid);
    await server.app.callRooms.reconcile();
    expect(await engine.rooms([gone])).toEqual([]);
    expect(await identities(callId)).toEqual([alice.uid, bob.uid]);
    expect(await identities('not-a-call')).toEqual(['somebody']);
  });
});

it('the room of a call that is over closes as soon as somebody opens it with a ticket of then', async () => {
  const { a, b, alice, bob, carol, callId } = await trio();
  await invite(callId, alice, carol);
  await a.next('call:upgraded');
  for (const socket of [a, b]) socket.send('call:hang_up', { callId, receiverId: carol.uid });
  await until('the room to close', async () => (await engine.rooms([callId])).length === 0);
  engine.enter(callId, bob.uid);
  await until('it to close again', async () => (await engine.rooms([callId])).length === 0);
});

it.each([
  ['PUT', { status: 'banned' }],
  ['DELETE', undefined],
])('somebody whom the host bans or deletes is out of the call at once: %s', async (method, body) => {
  const { a, alice, bob, carol, callId } = await trio();
  await invite(callId, alice, carol);
  await a.next('call:upgraded');
  // Over REST alone: no socket's end would ever end this part.
  const joined = { token: carol.token, body: { callId, userId: carol.uid } };
  expect((await api(server, 'POST', '/api/v1/rtc/join', joined)).status).toBe(200);
  for (const { uid } of [alice, bob, carol]) engine.enter(callId, uid);
  const banned = { token: server.service, ...(body ? { body } : {}) };
  await api(server, method, `/api/v1/host/users/${carol.uid}`, banned);
  await until('carol to be out of the room', async () => !(await identities(callId)).includes(carol.uid));
  const call = await callOf(server, callId);
  expect(call?.state).toBe('connected');
  expect(call?.legs.map(({ state }) => state)).toEqual(['joined', 'joined', 'left']);
  expect(await server.app.store.read.rooms.engaged([carol.id])).toEqual(new Map());
});

it('a group call begins as a room, its caller’s device first', async () => {
  const { a, b, c, alice, bob, carol, callId } = await trio();
  a.send('call:hang_up', { callId, receiverId: bob.uid });
  await b.next('call:hang_up');
  const placed = await api(server, 'POST', '/api/v1/rtc/call', {
    token: alice.token,
    body: { callerId: alice.uid, calleeIds: [bob.uid, carol.uid], type: 'video' },
    headers: { 'x-device-id': 'a-phone' },
  });
  const { id } = placed.body.call;
  expect(await a.next('call:upgraded')).toMatchObject({ callId: id, room: id });
  await c.next('call:offer');
  c.send('call:answer', { callId: id, receiverId: alice.uid });
  expect(await c.next('call:upgraded')).toMatchObject({ callId: id });
  expect(b.frames.some(({ type, data }) => type === 'call:upgraded' && data.callId === id)).toBe(false);
});
