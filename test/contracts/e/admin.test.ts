import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SignalClient } from '../../livekit/signal-client.ts';
import {
  type Answer,
  api,
  EMBEDDED,
  type Person,
  startTestServer,
  type TestServer,
} from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: TestServer;
let admin: Person;
beforeAll(async () => {
  server = await startTestServer({ media: EMBEDDED });
  admin = await server.person('admin');
  await server.app.people.put('admin', { role: 'admin' });
});
afterAll(() => server.close());

const ask = (method: string, path: string, body?: unknown, token = admin.token) =>
  api(server, method, `/api/v1/admin${path}`, {
    token,
    headers: { 'x-request-id': 'request-of-admin' },
    ...(body === undefined ? {} : { body }),
  });
const told = ({ status, body }: Answer) => [status, body.code, body.data];
const unknown = [404, 1003, null];
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const LAST = Number.MAX_SAFE_INTEGER;

describe('获取用户列表', () => {
  const list = (query: string) => ask('GET', `/users?${query}`);
  const uids = ({ body }: Answer) => body.data.users.map(({ uid }: { uid: string }) => uid);

  test('searched, filtered, sorted and paged', async () => {
    for (const word of ['c', 'a', 'b']) {
      await server.app.people.put(`listed-${word}`, {
        username: `L.${word}`,
        email: `${word}@listed.example`,
        displayName: `Listed ${word.toUpperCase()}`,
        status: word === 'b' ? 'banned' : 'active',
      });
    }
    const all = await list('search=LISTED&sort=user_id&order=asc');
    expect(all.status).toBe(200);
    expect(all.body.data).toMatchObject({ total: 3, page: 1, page_size: 20 });
    expect(all.body.data.users[0]).toEqual({
      user_id: expect.any(Number),
      uid: 'listed-c',
      username: 'L.c',
      email: 'c@listed.example',
      nickname: 'Listed C',
      avatar_url: null,
      status: 'active',
      role: 'user',
      created_at: time,
      updated_at: time,
    });
    expect(uids(all)).toEqual(['listed-c', 'listed-a', 'listed-b']);
    expect(uids(await list('search=listed'))).toEqual(['listed-b', 'listed-a', 'listed-c']);
    expect(uids(await list('search=listed&sort=nickname&order=asc'))).toEqual([
      'listed-a',
      'listed-b',
      'listed-c',
    ]);
    expect(uids(await list('search=@LISTED.example&status=banned'))).toEqual(['listed-b']);
    expect(uids(await list('role=admin'))).toEqual(['admin']);
    const second = await list('search=listed&sort=username&order=desc&page=2&page_size=2');
    expect(second.body.data).toMatchObject({ total: 3, page: 2, page_size: 2 });
    expect(uids(second)).toEqual(['listed-a']);
  });

  test('has the deleted when they are asked for', async () => {
    await server.person('gone-away');
    await server.app.people.remove('gone-away');
    expect(uids(await list('search=gone-away'))).toEqual([]);
    const answer = await list('search=gone-away&status=deleted');
    expect(answer.body.data.users).toMatchObject([{ status: 'deleted', nickname: 'deleted user' }]);
  });

  test.each(['page=0', 'page_size=101', 'page=x', 'status=gone', 'role=boss', 'sort=password', 'order=up'])(
    'names what is wrong in %s',
    async (query) => {
      expect(told(await list(query))).toEqual([400, 400, { field: query.split('=')[0] }]);
    },
  );
});

describe('获取, 更新, 删除用户', () => {
  test('change what is named and leave the rest', async () => {
    const { id } = await server.person('upd', { displayName: 'Before' });
    const change = { username: 'updated', email: 'Upd@Example.com', nickname: 'After', role: 'admin' };
    const changed = await ask('PUT', `/users/${id}`, change);
    expect(changed.status).toBe(200);
    expect(changed.body.data).toMatchObject({
      user_id: id,
      uid: 'upd',
      username: 'updated',
      email: 'upd@example.com',
      nickname: 'After',
      role: 'admin',
    });
    expect((await ask('PUT', `/users/${id}`, { email: null, role: 'user' })).body.data).toMatchObject({
      username: 'updated',
      email: null,
      role: 'user',
    });
    expect((await ask('GET', `/users/${id}`)).body.data).toMatchObject({ user_id: id, nickname: 'After' });
  });

  test('1001, 1002, 1003 and values that cannot be', async () => {
    const { id } = await server.person('clash');
    await server.app.people.put('holder', { username: 'held', email: 'held@example.com' });
    expect(told(await ask('PUT', `/users/${id}`, { username: 'held' }))).toEqual([409, 1001, null]);
    expect(told(await ask('PUT', `/users/${id}`, { email: 'HELD@example.com' }))).toEqual([409, 1002, null]);
    for (const [method, path, body] of [
      ['GET', ''],
      ['PUT', '', {}],
      ['DELETE', ''],
      ['POST', '/ban'],
      ['POST', '/unban'],
    ] as const) {
      expect(told(await ask(method, `/users/${LAST}${path}`, body))).toEqual(unknown);
    }
    for (const [field, value] of Object.entries({ username: '12', email: 'x', nickname: '', role: 'boss' })) {
      expect(told(await ask('PUT', `/users/${id}`, { [field]: value }))).toEqual([400, 400, { field }]);
    }
    for (const path of ['/users/x', '/users/0', '/users/1.5']) {
      expect(told(await ask('GET', path))).toEqual([400, 400, { field: 'id' }]);
    }
    expect(await server.app.people.get('clash')).toMatchObject({ username: null, email: null });
  });

  test('delete once', async () => {
    const { id, token } = await server.person('del');
    expect(told(await ask('DELETE', `/users/${id}`))).toEqual([200, 200, null]);
    expect((await ask('GET', `/users/${id}`)).body.data).toMatchObject({ status: 'deleted', email: null });
    expect(told(await ask('DELETE', `/users/${id}`))).toEqual(unknown);
    expect((await api(server, 'GET', '/api/v1/users/profile', { token })).status).toBe(401);
  });

  test('leave the last administrator', async () => {
    for (const [method, path, body] of [
      ['DELETE', ''],
      ['POST', '/ban', {}],
      ['PUT', '', { role: 'user' }],
    ] as const) {
      expect(told(await ask(method, `/users/${admin.id}${path}`, body))).toEqual([409, 409, null]);
      expect(told(await ask(method, `/users/${admin.id}${path}`, body, server.service))).toEqual([
        409,
        409,
        null,
      ]);
    }
  });
});

describe('封禁用户', () => {
  test('cuts sockets, calls, rooms and tokens within a second, and lifting it brings no token back', async () => {
    await api(server, 'POST', '/api/v1/auth/register', {
      body: { username: 'bad', password: 'password123' },
    });
    const login = () =>
      api(server, 'POST', '/api/v1/auth/login', { body: { username: 'bad', password: 'password123' } });
    const { token, refresh_token, user } = (await login()).body.data;
    const refresh = () => api(server, 'POST', '/api/v1/auth/refresh', { body: { refresh_token } });
    const friend = await server.person('friend');
    await server.befriend(
      { id: user.user_id, uid: 'bad', token, user: await server.app.people.get('bad') },
      friend,
    );
    const sockets = [await TestSocket.open(server, token), await TestSocket.open(server, token)];
    const room = await api(server, 'POST', '/api/rooms', {
      token,
      body: { creator: 'bad', uids: ['friend'], room_name: 'of-bad', call_type: 1, max_participants: 3 },
    });
    const ticket = room.body.data.token;
    const enter = () =>
      SignalClient.open(`${server.wsUrl}/rtc?access_token=${ticket}&protocol=17&sdk=go&version=2.0.0`);
    const inRoom = await enter();
    await inRoom.next('join');

    const meeting = await api(server, 'POST', '/api/v1/meetings', { token, body: { title: 'Bad' } });
    const id = meeting.body.data.meeting_id;
    const joined = await api(server, 'POST', `/api/v1/meetings/${id}/join`, { token });
    const inMeeting = new WebSocket(joined.body.data.room_url);
    await new Promise((resolve, reject) => {
      inMeeting.on('error', reject).once('message', resolve);
      inMeeting.on('open', () => inMeeting.send(JSON.stringify({ type: 'join', meeting_id: id })));
    });

    const banned = await ask('POST', `/users/${user.user_id}/ban`, { reason: 'spam' });
    expect(banned.body.data).toMatchObject({ user_id: user.user_id, status: 'banned' });
    await waitFor(
      () =>
        sockets.every((socket) => socket.closed) &&
        [inMeeting, inRoom.ws].every(({ readyState }) => readyState === WebSocket.CLOSED),
      { reason: 'every socket to be cut', timeoutMs: 1000 },
    );
    expect(inRoom.heard('leave')).toHaveLength(1);
    expect(
      (await server.app.store.read.rooms.get('of-bad'))?.members.find(({ uid }) => uid === 'bad'),
    ).toMatchObject({ status: 3 });
    await expect(TestSocket.open(server, token)).rejects.toThrow('401');
    expect(told(await api(server, 'GET', '/api/v1/users/profile', { token }))).toEqual([401, 401, null]);
    expect(told(await refresh())).toEqual([401, 401, null]);
    expect(told(await login())).toEqual([403, 403, null]);
    const intruder = await enter().catch(() => undefined);
    if (intruder) await intruder.closed;

    const unbanned = await ask('POST', `/users/${user.user_id}/unban`);
    expect(unbanned.body.data).toMatchObject({ status: 'active' });
    expect(told(await api(server, 'GET', '/api/v1/users/profile', { token }))).toEqual([401, 401, null]);
    expect(told(await refresh())).toEqual([401, 401, null]);
    expect((await login()).status).toBe(200);
  });
});

describe('审计日志', () => {
  const audit = (query: string) => ask('GET', `/audit?${query}`);

  test('has every act: who, what, whom, when, from where, what changed; and no secret', async () => {
    const { id } = await server.person('watched');
    await ask('PUT', `/users/${id}`, { nickname: 'Watched' });
    await ask('POST', `/users/${id}/ban`, { reason: 'spam' });
    await ask('POST', `/users/${id}/unban`, undefined, server.service);
    // What changes nothing is no act.
    await ask('POST', `/users/${id}/unban`);
    const { status, body } = await audit(`user_id=${id}`);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ total: 3, page: 1, page_size: 20 });
    const [unban, ban, update] = body.data.entries;
    expect(update).toEqual({
      audit_id: expect.any(Number),
      action: 'user.updated',
      actor: { kind: 'user', user_id: admin.id, name: 'admin' },
      target: { user_id: id, uid: 'watched' },
      changes: { nickname: { from: 'watched', to: 'Watched' } },
      reason: null,
      address: '127.0.0.1',
      request_id: 'request-of-admin',
      created_at: time,
    });
    expect(ban).toMatchObject({ action: 'user.banned', reason: 'spam' });
    expect(unban).toMatchObject({
      action: 'user.unbanned',
      actor: { kind: 'service', user_id: null, name: 'testkey' },
      changes: { status: { from: 'banned', to: 'active' } },
    });
  });

  test('has what an administrator does to meetings that are not theirs, and nothing else of meetings', async () => {
    const [host, guest, ben] = [
      await server.person('owner'),
      await server.person('visitor'),
      await server.person('placed'),
    ];
    const at = (who: Person, method: string, path: string, body?: object) =>
      api(server, method, `/api/v1/meetings${path}`, { token: who.token, ...(body ? { body } : {}) });
    const { meeting_id: id } = (await at(host, 'POST', '', { title: 'Weekly' })).body.data;
    for (const who of [host, guest, ben]) await at(who, 'POST', `/${id}/join`);
    const part = `/${id}/participants/${guest.id}`;
    // Its host's own acts are no administrator's.
    await at(host, 'PUT', `/${id}`, { description: 'Ours' });
    await at(admin, 'PUT', `/${id}`, {
      title: 'Daily',
      settings: { enable_chat: false },
      password: 'secret',
    });
    await at(admin, 'PUT', `/${id}`, { title: 'Daily' });
    for (let i = 0; i < 2; i++) await at(admin, 'PUT', `${part}/role`, { role: 'moderator' });
    for (let i = 0; i < 2; i++) await at(admin, 'DELETE', part);
    const apart = { rooms: [{ name: 'Red' }, { name: 'Blue' }], assign: 'free' };
    const { rooms } = (await at(admin, 'POST', `/${id}/breakouts`, apart)).body.data;
    await at(admin, 'POST', `/${id}/breakouts`, apart);
    const room = rooms[1].meeting_id;
    for (let i = 0; i < 2; i++) await at(admin, 'PUT', `/${id}/breakouts/participants/${ben.id}`, { room });
    for (let i = 0; i < 2; i++) await at(admin, 'DELETE', `/${id}/breakouts`);
    // Refused: it goes on.
    await at(admin, 'DELETE', `/${id}`);
    for (let i = 0; i < 2; i++) await at(admin, 'POST', `/${id}/end`);
    await at(admin, 'DELETE', `/${id}`);
    const planned = (await at(host, 'POST', '', { title: 'Next' })).body.data.meeting_id;
    await at(admin, 'DELETE', `/${planned}`);
    const own = (await at(admin, 'POST', '', { title: 'My own' })).body.data.meeting_id;
    await at(admin, 'PUT', `/${own}`, { title: 'Mine' });
    await at(admin, 'DELETE', `/${own}`);

    const entries = async (of: Person) => (await audit(`user_id=${of.id}`)).body.data.entries;
    expect(await entries(guest)).toMatchObject([
      {
        action: 'meeting.participant_removed',
        target: { uid: 'visitor' },
        changes: { meeting: { from: `${id}`, to: null } },
      },
      {
        action: 'meeting.role_changed',
        changes: { meeting: { to: `${id}` }, role: { from: 'participant', to: 'moderator' } },
      },
    ]);
    expect(await entries(ben)).toMatchObject([
      { action: 'meeting.breakouts_moved', changes: { room: { from: null, to: 'Blue' } } },
    ]);
    const [cancelled, deleted, ended, closed, opened, updated, ...more] = await entries(host);
    expect([cancelled.action, deleted.action, ended.action, closed.action, opened.action, more]).toEqual([
      'meeting.cancelled',
      'meeting.deleted',
      'meeting.ended',
      'meeting.breakouts_closed',
      'meeting.breakouts_opened',
      [],
    ]);
    expect(opened).toMatchObject({ changes: { rooms: { from: null, to: '["Red","Blue"]' } } });
    expect(updated).toMatchObject({
      action: 'meeting.updated',
      actor: { kind: 'user', user_id: admin.id, name: 'admin' },
      target: { user_id: host.id, uid: `meeting:${id}` },
      changes: { title: { from: 'Weekly', to: 'Daily' }, has_password: { from: 'false', to: 'true' } },
      address: '127.0.0.1',
      request_id: expect.stringMatching(/.+/),
    });
    expect(JSON.stringify(updated)).not.toContain('secret');
    expect(await entries(admin)).toEqual([]);
  });

  test('is narrowed and paged', async () => {
    const { id } = await server.person('narrowed');
    for (let i = 0; i < 3; i++) await ask('PUT', `/users/${id}`, { nickname: `Name ${i}` });
    await ask('POST', `/users/${id}/ban`);
    const total = async (query: string) => (await audit(`user_id=${id}&${query}`)).body.data.total;
    expect(await total('')).toBe(4);
    expect(await total('action=user.banned')).toBe(1);
    expect(await total(`actor_id=${admin.id}`)).toBe(4);
    expect(await total(`actor_id=${id}`)).toBe(0);
    expect(await total('from=2020-01-01T00:00:00Z')).toBe(4);
    expect(await total('to=2020-01-01T00:00:00%2B08:00')).toBe(0);
    const page = await audit(`user_id=${id}&page=2&page_size=3`);
    expect(page.body.data).toMatchObject({ total: 4, page: 2, page_size: 3 });
    expect(page.body.data.entries).toMatchObject([{ changes: { nickname: { to: 'Name 0' } } }]);
    for (const query of ['from=yesterday', 'action=user.loved', 'user_id=x']) {
      expect(told(await audit(query))).toEqual([400, 400, { field: query.split('=')[0] }]);
    }
  });
});
