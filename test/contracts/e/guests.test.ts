import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../src/adapters/engine/fake.ts';
import { enter, plan, Signaling } from '../../signaling/client.ts';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let host: Person;
beforeAll(async () => {
  server = await startTestServer({ rateLimits: true, trustProxy: true }, { engine: new FakeEngine() });
  host = await server.person('host', { displayName: 'The Host' });
});
afterAll(() => server.close());

const ENGLISH = { 'accept-language': 'en' };
const M = '/api/v1/meetings';
const OPEN = { settings: { allow_guests: true } };
let addresses = 0;
/** Each from an address of their own, unless it is said: what is counted is counted by address. */
const come = (id: number, body: object = { nickname: 'Gus' }) =>
  api(server, 'POST', `${M}/${id}/guests`, {
    body,
    headers: { ...ENGLISH, 'x-forwarded-for': `198.51.100.${++addresses}` },
  });
const door = (id: number) => api(server, 'GET', `${M}/${id}/door`, { headers: ENGLISH });
const ask = (token: string, method: string, path: string, body?: unknown) =>
  api(server, method, path, { token, headers: ENGLISH, ...(body === undefined ? {} : { body }) });
const told = ({ status, body }: { status: number; body: { code: number; message: string } }) => [
  status,
  body.code,
  body.message,
];
/** As a person of the test's helpers; their one token is the guest's. */
async function guestOf(id: number, nickname = 'Gus'): Promise<Person> {
  const { status, body } = await come(id, { nickname });
  expect(status).toBe(201);
  const { user_id, uid, access_token: token } = body.data;
  const user = await server.app.store.read.users.byId(user_id);
  if (!user) throw new Error('the guest is nobody');
  return { id: user_id, uid, token, user };
}

describe('the door of a meeting', () => {
  test('shows a stranger what they need, and the title only where there is no password', async () => {
    const plain = await plan(server, host, {
      ...OPEN,
      title: 'Open day',
      start_time: '2030-01-01T10:00:00Z',
    });
    const { status, body } = await door(plain);
    expect([status, body.data]).toEqual([
      200,
      {
        meeting_id: plain,
        title: 'Open day',
        start_time: '2030-01-01T10:00:00Z',
        meeting_type: 'video',
        status: 'scheduled',
        has_password: false,
        locked: false,
      },
    ]);
    const secret = await plan(server, host, { ...OPEN, title: 'Secret', password: 'sesame' });
    expect((await door(secret)).body.data).toMatchObject({ title: null, has_password: true });
  });

  test('answers alike where there is no meeting and where it takes no guests', async () => {
    const closed = await plan(server, host, {});
    const nothing = [404, 2001, 'There is no meeting here for people without an account: sign in'];
    for (const id of [closed, 999_999]) {
      expect(told(await door(id))).toEqual(nothing);
      expect(told(await come(id))).toEqual(nothing);
    }
  });
});

describe('a guest’s token', () => {
  test('is given with all that a client needs, for this meeting', async () => {
    const id = await plan(server, host, OPEN);
    const { status, body } = await come(id, { nickname: ' Gus ' });
    expect([status, body.code, body.message]).toEqual([201, 201, 'Success']);
    expect(body.data).toEqual({
      user_id: expect.any(Number),
      uid: expect.stringMatching(/^guest_[0-9a-z]{26}$/),
      nickname: 'Gus',
      meeting_id: id,
      access_token: expect.any(String),
      expires_in: 86_400,
    });
  });

  test('is refused with what is wrong', async () => {
    const id = await plan(server, host, { ...OPEN, password: 'sesame' });
    expect(told(await come(id))).toEqual([403, 403, 'This meeting asks for a password']);
    expect(told(await come(id, { nickname: 'Gus', password: 'wrong' }))).toEqual([
      403,
      2004,
      'Wrong meeting password',
    ]);
    expect((await come(id, { nickname: '\u202e', password: 'sesame' })).body).toMatchObject({
      code: 400,
      data: { field: 'nickname' },
    });
    expect((await come(id, {})).body).toMatchObject({ code: 400, data: { field: 'nickname' } });
    await ask(host.token, 'POST', `${M}/${id}/lock`, { locked: true });
    expect(told(await come(id, { nickname: 'Gus', password: 'sesame' }))).toEqual([
      403,
      2005,
      'The meeting is locked',
    ]);
    await ask(host.token, 'DELETE', `${M}/${id}`);
    expect(told(await come(id))).toEqual([410, 2002, 'The meeting is over']);
    expect((await door(id)).status).toBe(410);
  });

  test('opens nothing but its meeting: neither others, nor sockets of others, nor calls', async () => {
    const [id, other] = [await plan(server, host, OPEN), await plan(server, host, OPEN)];
    const gus = await guestOf(id);
    const mine = 'Without an account you can use your meeting only';
    for (const [method, path] of [
      ['POST', `${M}/${other}/join`],
      ['GET', `${M}/${other}`],
      ['GET', `${M}/${other}/participants`],
      ['GET', `/api/v1/webrtc/room/meet_${other}/peers`],
      ['GET', `/api/v1/webrtc/room/0${id}/peers`],
      ['GET', `${M}/0x${id.toString(16)}`],
      ['GET', `${M}`],
      ['GET', '/api/v1/my/meetings'],
      ['PUT', '/api/v1/users/profile'],
      ['DELETE', '/api/v1/users/account'],
      ['GET', '/api/v1/people?query=h'],
    ] as const) {
      const { status, body } = await ask(gus.token, method, path, method === 'PUT' ? {} : undefined);
      expect([status, body.message ?? body.error?.message], `${method} ${path}`).toEqual([403, mine]);
    }
    const socket = (query: string) => Signaling.open(`${server.wsUrl}${query}`);
    const as = `user_id=${gus.id}&token=${gus.token}`;
    await expect(socket(`/ws?token=${gus.token}`)).rejects.toThrow('403');
    await expect(socket(`/ws/signaling?meeting_id=${other}&${as}`)).rejects.toThrow('403');
    const ticket = (await ask(gus.token, 'POST', `${M}/${id}/join`)).body.data.room_url;
    await expect(
      socket(ticket.replace(`meeting_id=${id}`, `meeting_id=${other}`).replace(/^ws:\/\/[^/]+/, '')),
    ).rejects.toThrow('401');
  });

  test('is for one meeting and one person: the limit counts by address', async () => {
    const id = await plan(server, host, OPEN);
    const again = () =>
      api(server, 'POST', `${M}/${id}/guests`, {
        body: { nickname: 'Gus' },
        headers: { 'x-forwarded-for': '203.0.113.9' },
      });
    const answers = [];
    for (let i = 0; i < 21; i++) answers.push(await again());
    expect(answers.slice(0, 20).map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(answers.at(-1)?.status).toBe(429);
    expect(new Set(answers.slice(0, 20).map(({ body }) => body.data.user_id)).size).toBe(20);
  });
});

describe('in the meeting', () => {
  test('a guest waits, is let in, is seen as a guest, speaks in the chat, and is removed for good', async () => {
    const id = await plan(server, host, { settings: { allow_guests: true, enable_waiting_room: true } });
    const ann = await enter(server, host, id);
    const gus = await guestOf(id);
    expect((await ask(gus.token, 'GET', '/api/v1/users/profile')).body.data).toMatchObject({
      nickname: 'Gus',
    });
    const guest = await enter(server, gus, id);
    expect((await ann.next('user-waiting')).data).toMatchObject({
      user_id: gus.id,
      nickname: 'Gus',
      guest: true,
    });
    await ask(host.token, 'POST', `${M}/${id}/participants`, { user_id: gus.id });
    const { data } = await guest.next('joined', ({ data }) => data.status === 'online');
    expect(
      data.participants.map((one: { user_id: number; guest: boolean }) => [one.user_id, one.guest]),
    ).toEqual([
      [host.id, false],
      [gus.id, true],
    ]);
    guest.send('chat', { content: 'Hello from the link' });
    expect((await ann.next('chat')).data).toMatchObject({ content: 'Hello from the link', nickname: 'Gus' });
    const read = await ask(gus.token, 'GET', `${M}/${id}/messages`);
    expect(read.body.data.messages).toMatchObject([{ content: 'Hello from the link', user_id: gus.id }]);
    const { body } = await ask(host.token, 'GET', `${M}/${id}/participants`);
    expect(body.data.participants).toMatchObject([{ guest: false }, { guest: true, nickname: 'Gus' }]);

    const promoted = await ask(host.token, 'PUT', `${M}/${id}/participants/${gus.id}/role`, {
      role: 'moderator',
    });
    expect(told(promoted)).toEqual([403, 403, 'Somebody without an account is neither host nor moderator']);
    await ask(host.token, 'DELETE', `${M}/${id}/participants/${gus.id}`);
    await guest.next('removed');
    expect(told(await ask(gus.token, 'POST', `${M}/${id}/join`))).toEqual([
      403,
      2006,
      'You were removed from the meeting',
    ]);
    ann.ws.close();
  });

  test('administrators find guests when they ask for them, and ban them', async () => {
    const id = await plan(server, host, OPEN);
    const gus = await guestOf(id, 'Gus of the list');
    const list = async (query: string) =>
      (await ask(server.service, 'GET', `/api/v1/admin/users?search=gus+of&${query}`)).body.data.users;
    expect(await list('')).toEqual([]);
    expect(await list('guests=true')).toMatchObject([{ user_id: gus.id }]);
    const changed = await ask(server.service, 'PUT', `/api/v1/admin/users/${gus.id}`, { role: 'admin' });
    expect(told(changed)).toEqual([409, 409, 'A guest has no account to change: ban or delete them']);
    await ask(server.service, 'POST', `/api/v1/admin/users/${gus.id}/ban`, { reason: 'spam' });
    expect((await ask(gus.token, 'POST', `${M}/${id}/join`)).status).toBe(401);
  });
});
