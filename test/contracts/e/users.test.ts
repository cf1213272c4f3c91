import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../src/adapters/engine/fake.ts';
import { aPicture } from '../../support/pictures.ts';
import { type Answer, api, startTestServer, type TestServer } from '../../support/server.ts';
import { TestSocket } from '../../support/socket.ts';
import { waitFor } from '../../support/wait-for.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({}, { engine: new FakeEngine() });
  await account('first');
});
afterAll(() => server.close());

async function account(username: string) {
  const body = { username, email: `${username}@example.com`, password: 'password123' };
  const { body: made } = await api(server, 'POST', '/api/v1/auth/register', { body });
  const { body: signed } = await api(server, 'POST', '/api/v1/auth/login', { body });
  return { ...signed.data, id: made.data.user_id } as { id: number; token: string; refresh_token: string };
}
const ask = (token: string, method: string, path: string, body?: unknown, headers = {}) =>
  api(server, method, `/api/v1/users${path}`, { token, headers, ...(body === undefined ? {} : { body }) });
const told = ({ status, body }: Answer) => [status, body.code, body.data];
const profile = (token: string) => ask(token, 'GET', '/profile');
const refresh = (refreshToken: string) =>
  api(server, 'POST', '/api/v1/auth/refresh', { body: { refresh_token: refreshToken } });
const closed = (socket: TestSocket) =>
  waitFor(() => socket.closed, { reason: 'the socket to be cut', timeoutMs: 1000 });

describe('修改密码', () => {
  const change = (token: string, old_password: string, new_password: string, headers = {}) =>
    ask(token, 'POST', '/change-password', { old_password, new_password }, headers);

  test('ends every other session; the asker goes on with the tokens of the answer, its socket stays', async () => {
    const here = await account('ann');
    const body = { username: 'ann', password: 'password123' };
    const elsewhere = (await api(server, 'POST', '/api/v1/auth/login', { body })).body.data;
    const own = await TestSocket.open(server, here.token, 'laptop');
    const other = await TestSocket.open(server, elsewhere.token, 'phone');
    const answer = await change(here.token, 'password123', 'password456', { 'x-device-id': 'laptop' });
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({
      token: expect.stringMatching(/^eyJ/),
      refresh_token: expect.any(String),
      expires_in: 86_400,
      user: expect.objectContaining({ username: 'ann' }),
    });
    await closed(other);
    own.send('ping', {});
    await own.next('pong');
    for (const { token, refresh_token } of [here, elsewhere]) {
      expect(told(await profile(token))).toEqual([401, 401, null]);
      expect(told(await refresh(refresh_token))).toEqual([401, 401, null]);
    }
    expect((await profile(answer.body.data.token)).status).toBe(200);
    expect((await refresh(answer.body.data.refresh_token)).status).toBe(200);
    await own.close();
  });

  test('1004 for a wrong password; bad ones name the field; nothing changes', async () => {
    const { token } = await account('bob');
    expect(told(await change(token, 'wrong', 'password456'))).toEqual([401, 1004, null]);
    expect(told(await change(token, 'password123', 'short'))).toEqual([400, 400, { field: 'new_password' }]);
    expect(told(await ask(token, 'POST', '/change-password', { new_password: 'password456' }))).toEqual([
      400,
      400,
      { field: 'old_password' },
    ]);
    expect((await profile(token)).status).toBe(200);
  });
});

describe('上传头像', () => {
  const upload = (token: string, file: Uint8Array<ArrayBuffer>, field = 'file', name = 'me.png') => {
    const form = new FormData();
    form.set('user_id', '1');
    form.set(field, new File([file], name));
    return ask(token, 'POST', '/upload-avatar', form);
  };
  const local = (address: string) => fetch(new URL(new URL(address).pathname, server.url));
  const kept = async (id: number) =>
    (await readdir(join(server.dataDir, 'files', 'avatars'))).filter((name) => name.startsWith(`${id}-`));

  test('takes PNG, JPEG and WebP by content, in `file` or `avatar`, and serves a square for ever', async () => {
    const { token, id } = await account('cid');
    for (const [format, field] of [
      ['png', 'file'],
      ['jpeg', 'avatar'],
      ['webp', 'file'],
    ] as const) {
      const { status, body } = await upload(token, await aPicture(700, 600, format), field, 'no.txt');
      expect(status, format).toBe(200);
      expect(body.data).toMatchObject({
        user_id: id,
        avatar_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\/avatars\/[\w-]+\.webp$/),
      });
      const picture = await local(body.data.avatar_url);
      expect(picture.status).toBe(200);
      expect(Object.fromEntries(picture.headers)).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(await sharp(Buffer.from(await picture.arrayBuffer())).metadata()).toMatchObject({
        format: 'webp',
        width: 512,
        height: 512,
      });
    }
    await waitFor(async () => (await kept(id)).length === 1, { reason: 'the pictures of before to go' });
  });

  test('the one before is gone, and nothing else is there', async () => {
    const { token, id } = await account('dee');
    const first = (await upload(token, await aPicture())).body.data.avatar_url;
    await upload(token, await aPicture());
    await waitFor(async () => (await kept(id)).length === 1, { reason: 'the first picture to go' });
    const { pathname } = new URL(first);
    for (const path of [pathname, '/files/avatars/..%2f..%2fparley.db', '/files/avatars/x']) {
      expect(told(await api(server, 'GET', path))).toEqual([404, 3002, null]);
    }
  });

  test('3001 for what is no picture, whatever it is called', async () => {
    const { token } = await account('eve');
    const bomb = await sharp({ create: { width: 8000, height: 7000, channels: 3, background: '#000' } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    const none = [
      await aPicture(20, 20, 'gif'),
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      new Uint8Array(),
      (await aPicture(200, 200)).slice(0, 60),
      new Uint8Array(bomb),
    ];
    for (const file of none) {
      expect(told(await upload(token, file))).toEqual([400, 3001, { field: 'file' }]);
    }
    expect(told(await upload(token, await aPicture(), 'picture'))).toEqual([400, 3001, { field: 'file' }]);
    expect((await profile(token)).body.data.avatar_url).toBeNull();
  });

  test('413 and 3001 above 5 MB, however much comes', async () => {
    const { token } = await account('fay');
    for (const size of [5 * 1024 * 1024 + 1, 20 * 1024 * 1024]) {
      const file = new Uint8Array(size);
      file.set(await aPicture());
      expect(told(await upload(token, file))).toEqual([413, 3001, null]);
    }
    // The largest that may come is looked at.
    const file = new Uint8Array(5 * 1024 * 1024);
    file.set(await aPicture());
    expect((await upload(token, file)).status).toBe(200);
  });

  test('refuses bodies that are no forms, and forms that break off', async () => {
    const { token } = await account('gus');
    expect(told(await ask(token, 'POST', '/upload-avatar', { file: 'x' }))).toEqual([415, 415, null]);
    const raw = (type: string, body: string) =>
      fetch(`${server.url}/api/v1/users/upload-avatar`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body,
      });
    const part = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n\x89PNG';
    for (const [type, body] of [
      ['multipart/form-data', part],
      ['multipart/form-data; boundary=b', part],
      ['multipart/form-data; boundary=b', ''],
      ['multipart/form-data; boundary=b', 'no form at all'],
    ] as const) {
      const answer = await raw(type, body);
      expect([answer.status, (await answer.json()).code], `${type} ${body}`).toEqual([400, 3001]);
    }
  });

  test('leaves nothing of an upload that its client gave up', async () => {
    const { token, id } = await account('hal');
    const incoming = join(server.dataDir, 'files', '.incoming');
    const before = await readdir(incoming);
    const request = httpRequest(`${server.url}/api/v1/users/upload-avatar`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' },
    });
    request.on('error', () => {});
    request.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n');
    request.write(Buffer.alloc(100_000));
    await waitFor(async () => (await readdir(incoming)).length > before.length, { reason: 'it to begin' });
    request.destroy();
    await waitFor(async () => (await readdir(incoming)).length === before.length, {
      reason: 'what came of it to go',
    });
    expect(await kept(id)).toEqual([]);
  });
});

describe('删除账户', () => {
  const remove = (token: string, body?: unknown) => ask(token, 'DELETE', '/account', body);

  test('takes personal data, calls, rooms, contacts, groups, tokens and sockets; histories stay', async () => {
    const { id, token, refresh_token } = await account('ivy');
    const form = new FormData();
    form.set('file', new File([await aPicture()], 'a.png'));
    const avatar = (await ask(token, 'POST', '/upload-avatar', form)).body.data.avatar_url;
    const ivy = { uid: 'ivy', id, token, user: await server.app.people.get('ivy') };
    const jay = await server.person('jay');
    await server.befriend(ivy, jay);
    await api(server, 'PUT', '/api/v1/host/groups/team', {
      token: server.service,
      body: { name: 'Team', members: ['ivy', 'jay'] },
    });
    const socket = await TestSocket.open(server, token);
    const other = await TestSocket.open(server, jay.token);
    socket.send('call:offer', { receiverId: 'jay', offer: { type: 'offer', sdp: 'v=0\r\n' } });
    const { callId } = await other.next('call:offer');
    other.send('call:answer', { callId, receiverId: 'ivy', answer: { type: 'answer', sdp: 'v=0\r\n' } });
    await other.next('call:accepted');

    expect(told(await remove(token))).toEqual([200, 200, null]);
    await closed(socket);
    expect(await other.next('call:hang_up', 1000)).toMatchObject({ callId });
    expect(told(await profile(token))).toEqual([401, 401, null]);
    expect(told(await refresh(refresh_token))).toEqual([401, 401, null]);
    const login = { username: 'ivy', password: 'password123' };
    expect(told(await api(server, 'POST', '/api/v1/auth/login', { body: login }))).toEqual([401, 1004, null]);
    expect(await server.app.store.read.users.byId(id)).toMatchObject({
      status: 'deleted',
      username: null,
      email: null,
      avatarUrl: null,
      displayName: 'deleted user',
    });
    const { pathname } = new URL(avatar);
    await waitFor(async () => (await api(server, 'GET', pathname)).status === 404, {
      reason: 'the picture to go',
    });
    const contacts = await api(server, 'GET', '/api/v1/contacts', { token: jay.token });
    expect(contacts.body.contacts).toEqual([]);
    const group = await api(server, 'GET', '/api/v1/host/groups/team', { token: server.service });
    expect(group.body.members).toEqual(['jay']);
    const history = await api(server, 'GET', `/api/v1/rtc/call/history?userId=${jay.id}`, {
      token: jay.token,
    });
    expect(history.body.data.total).toBe(1);
    await other.close();
  });

  test('leaves the room', async () => {
    const { id, token } = await account('kim');
    const made = await api(server, 'POST', '/api/rooms', {
      token,
      body: { creator: 'kim', room_name: 'of-kim', call_type: 1, max_participants: 3 },
    });
    expect(made.status).toBe(200);
    await remove(token);
    await waitFor(
      async () => {
        const room = await server.app.store.read.rooms.get('of-kim');
        return room?.members.find(({ userId }) => userId === id)?.status === 3;
      },
      { reason: 'kim to have left the room', timeoutMs: 1000 },
    );
  });

  test('1004 for a password that is wrong; a right one, none and an empty body will do', async () => {
    const { token } = await account('lee');
    expect(told(await remove(token, { password: 'wrong password' }))).toEqual([401, 1004, null]);
    expect((await profile(token)).status).toBe(200);
    expect((await remove(token, { password: 'password123' })).status).toBe(200);
    expect((await remove((await account('max')).token, {})).status).toBe(200);
    const hosted = await server.person('hosted');
    expect((await remove(hosted.token)).status).toBe(200);
  });

  test('is refused to the last administrator', async () => {
    const body = { username: 'first', password: 'password123' };
    const { token } = (await api(server, 'POST', '/api/v1/auth/login', { body })).body.data;
    expect(told(await remove(token))).toEqual([409, 409, null]);
    expect((await profile(token)).status).toBe(200);
  });
});
