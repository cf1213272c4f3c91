import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaFrom } from '../../src/config/media.ts';
import type { Person, TestServer } from '../support/server.ts';
import { api, startTestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { enter, join, people, plan, Signaling } from './client.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    media: mediaFrom({ MEDIA_ENGINE: 'none', DEPARTURE_TIMEOUT_S: '2' }),
  });
});
afterAll(() => server.close());

const call = (by: Person, method: string, path: string, body?: object) =>
  api(server, method, `/api/v1/meetings/${path}`, { token: by.token, body });
const settings = (given: object) => ({ settings: given });

describe('a waiting room', () => {
  it('says waiting, tells the host, lets in by itself, and shows nothing before', async () => {
    const [ann, bob, cy] = await people(server, 'ann', 'bob', 'cy');
    const id = await plan(server, ann, settings({ enable_waiting_room: true }));
    const a = await enter(server, ann, id);
    const { body } = await join(server, bob, id);
    expect(body.data.status).toBe('waiting');
    const b = await Signaling.open(body.data.room_url);
    b.send('join');
    expect((await b.next('joined')).data).toMatchObject({
      status: 'waiting',
      participants: [],
      url: null,
      token: null,
    });
    expect(await a.next('user-waiting')).toMatchObject({ from: bob.id, data: { nickname: 'BOB' } });
    a.send('chat', { content: 'among ourselves' });
    await a.next('chat');
    for (const [type, data, to] of [
      ['chat', { content: 'let me in' }, undefined],
      ['media-state', { audio: true }, undefined],
      ['offer', { sdp: 'v=0' }, ann.id],
    ] as const) {
      b.send(type, data, to);
      expect((await b.next('error')).data.of).toBe(type);
    }
    a.send('offer', { sdp: 'v=0' }, bob.id);
    expect((await a.next('error')).data.code).toBe(404);

    expect((await call(ann, 'POST', `${id}/participants`, { user_id: bob.id })).status).toBe(200);
    const joined = await b.next('joined');
    expect(joined.data).toMatchObject({ status: 'online', role: 'participant' });
    expect(joined.data.participants.map((one: { user_id: number }) => one.user_id)).toEqual([ann.id, bob.id]);
    expect(b.of('chat')).toEqual([]);
    await a.next('user-joined');
    b.send('chat', { content: 'thank you' });
    expect((await a.next('chat')).data.content).toBe('thank you');

    // By the role route, too, and without a REST join before.
    const url = `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${cy.id}&token=${cy.token}`;
    const c = await Signaling.open(url);
    c.send('join');
    expect((await c.next('joined')).data.status).toBe('waiting');
    await call(ann, 'PUT', `${id}/participants/${cy.id}/role`, { role: 'moderator' });
    expect((await c.next('joined')).data).toMatchObject({ status: 'online', role: 'moderator' });
  });

  it('takes the password with the frame', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann, { password: 'sesame' });
    await enter(server, ann, id);
    const url = `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${bob.id}&token=${bob.token}`;
    const b = await Signaling.open(url);
    for (const data of [{}, { password: 'wrong' }]) {
      b.send('join', data);
      expect((await b.next('error')).data).toMatchObject({ code: 2004, reason: 'forbidden', of: 'join' });
    }
    b.send('join', { password: 'sesame' });
    expect((await b.next('joined')).data.status).toBe('online');
  });
});

describe('what happens in a meeting', () => {
  it('is told to who comes late, as it is then', async () => {
    const [ann, bob, cy] = await people(server, 'ann', 'bob', 'cy');
    const id = await plan(server, ann);
    const a = await enter(server, ann, id);
    const b = await enter(server, bob, id);
    a.send('media-state', { audio: true, video: true });
    b.send('media-state', { screen: true });
    await b.next('media-state', ({ from }) => from === bob.id);
    const c = await enter(server, cy, id);
    const [joined] = c.of('joined');
    expect(joined?.data.participants).toMatchObject([
      { user_id: ann.id, audio: true, video: true, screen: false },
      { user_id: bob.id, audio: false, video: false, screen: true },
      { user_id: cy.id, audio: false, video: false, screen: false },
    ]);
    await c.settle();
    expect(c.of('media-state')).toEqual([]);
  });

  it('roles, hands, muting, settings, removal and the end are told', async () => {
    const [ann, bob, cy] = await people(server, 'ann', 'bob', 'cy');
    const id = await plan(server, ann);
    const a = await enter(server, ann, id);
    const b = await enter(server, bob, id);
    const c = await enter(server, cy, id);
    await call(ann, 'PUT', `${id}/participants/${bob.id}/role`, { role: 'moderator' });
    expect(await c.next('role')).toMatchObject({ from: bob.id, data: { role: 'moderator' } });
    c.send('media-state', { audio: true });
    await b.next('media-state');
    await call(bob, 'POST', `${id}/mute`, { user_id: cy.id });
    expect((await c.next('muted')).data).toMatchObject({ users: [{ user_id: cy.id }] });
    expect(await a.next('media-state', ({ data }) => data.audio === false)).toMatchObject({ from: cy.id });
    await call(ann, 'PUT', `${id}`, settings({ enable_chat: false }));
    expect((await c.next('settings')).data.settings).toMatchObject({ enable_chat: false });
    c.send('chat', { content: 'may I?' });
    expect((await c.next('error')).data).toMatchObject({ reason: 'forbidden', of: 'chat' });

    await call(bob, 'DELETE', `${id}/participants/${cy.id}`);
    await c.next('removed');
    expect((await c.gone()).code).toBe(4011);
    expect(await a.next('user-left')).toMatchObject({ from: cy.id, data: { reason: 'removed' } });
    const again = await Signaling.open(
      `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${cy.id}&token=${cy.token}`,
    );
    again.send('join');
    expect((await again.next('error')).data).toMatchObject({ code: 2006, of: 'join' });

    await call(ann, 'POST', `${id}/end`);
    for (const client of [a, b]) {
      await client.next('meeting-ended');
      expect((await client.gone()).code).toBe(4010);
    }
  });

  it('a ban cuts the socket', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann);
    const a = await enter(server, ann, id);
    const b = await enter(server, bob, id);
    await server.app.people.put(bob.uid, { status: 'banned' });
    expect((await b.gone()).code).toBe(4003);
    expect(await a.next('user-left')).toMatchObject({ from: bob.id });
  });

  it('being signed out everywhere cuts the socket and ends its session', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann);
    await enter(server, ann, id);
    const b = await enter(server, bob, id);
    await server.app.people.revoke(await server.app.people.get(bob.uid));
    expect((await b.gone()).code).toBe(4003);
    const sessions = async () => (await server.app.store.read.meetings.get(id))?.sessions;
    await waitFor(async () => (await sessions())?.length === 1, { reason: 'its session to end' });
    expect(await sessions()).toMatchObject([{ userId: ann.id }]);
  });
});

it('a new password ends the sockets of other sign-ins, and not the one that asked for it', async () => {
  const [ann] = await people(server, 'ann');
  const password = 'the first password';
  const username = `swapper-${ann.id}`;
  const account = await server.app.accounts.register({ username, password });
  const signIn = async () => {
    const { body } = await api(server, 'POST', '/api/v1/auth/login', { body: { username, password } });
    return body.data.token as string;
  };
  const opened = async (token: string) => {
    const id = await plan(server, ann);
    const url = `${server.wsUrl}/ws/signaling?meeting_id=${id}&user_id=${account.id}&token=${token}`;
    const socket = await Signaling.open(url);
    socket.send('join');
    await socket.next('joined');
    return socket;
  };
  const byTicket = async (token: string) => {
    const id = await plan(server, ann);
    const { body } = await api(server, 'POST', `/api/v1/meetings/${id}/join`, { token });
    return Signaling.open(body.data.room_url);
  };
  const own = await signIn();
  const [kept, other] = [await opened(own), await opened(await signIn())];
  const ticketed = await byTicket(own);
  // A socket of calls that moves to another node is no business of meetings.
  const { jti } = await server.app.identity.authenticate(own);
  const moved = { userId: account.id, device: jti, reason: 'replaced', spare: 'elsewhere' };
  server.app.bus.publish('cut', moved);
  const body = { old_password: password, new_password: 'the second password' };
  expect((await api(server, 'POST', '/api/v1/users/change-password', { token: own, body })).status).toBe(200);
  expect((await other.gone()).code).toBe(4003);
  for (const socket of [kept, ticketed]) {
    await socket.settle();
    expect(socket.closed).toBeUndefined();
  }
});

describe('coming back', () => {
  it('in time keeps the place, and nobody hears of it; later one has left', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann);
    const a = await enter(server, ann, id);
    const b = await enter(server, bob, id);
    b.kill();
    const sessions = async (open: number) =>
      waitFor(async () => (await server.app.store.read.meetingSessions.count(id, true)) === open, {
        reason: `${open} open sessions`,
      });
    await sessions(1);
    const back = await enter(server, bob, id);
    expect(back.of('joined')[0]?.data.status).toBe('online');
    a.send('offer', { sdp: 'v=0' }, bob.id);
    await back.next('offer');
    const heard = () => a.frames.filter(({ type, from }) => type.startsWith('user-') && from === bob.id);
    expect(heard().map(({ type }) => type)).toEqual(['user-joined']);
    back.kill();
    expect(await a.next('user-left')).toMatchObject({ from: bob.id, data: { reason: 'lost' } });
    expect(await server.app.store.read.meetingSessions.count(id, true)).toBe(1);
  });

  it('leaves and joins again on the same socket, and says join twice', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann);
    const a = await enter(server, ann, id);
    const b = await enter(server, bob, id);
    b.send('leave');
    b.send('join');
    expect((await b.next('joined')).data.status).toBe('online');
    b.send('join');
    await b.next('joined');
    await a.next('user-joined');
    await a.next('user-left');
    await a.next('user-joined');
    expect(await server.app.store.read.meetingSessions.count(id, true)).toBe(2);
  });

  it('several sockets of one person hear the same; the person goes with the last', async () => {
    const [ann, bob] = await people(server, 'ann', 'bob');
    const id = await plan(server, ann);
    const a = await enter(server, ann, id);
    const [one, two] = [await enter(server, bob, id), await enter(server, bob, id)];
    a.send('chat', { content: 'to all' });
    a.send('offer', { sdp: 'v=0' }, bob.id);
    for (const client of [one, two]) {
      await client.next('chat');
      await client.next('offer');
    }
    await one.close();
    a.send('chat', { content: 'to the other' });
    await two.next('chat', ({ data }) => data.content === 'to the other');
    expect(a.of('user-left')).toEqual([]);
  });

  it('the server stops: 1012', async () => {
    const short = await startTestServer();
    const [ann] = await people(short, 'ann');
    const a = await enter(short, ann, await plan(short, ann));
    await short.close();
    expect((await a.gone()).code).toBe(1012);
  });
});
