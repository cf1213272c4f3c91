import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../src/adapters/engine/fake.ts';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';
import { answer, request } from './document.ts';

let server: TestServer;
let host: Person;
let guest: Person;
let admin: Person;

beforeAll(async () => {
  server = await startTestServer(
    { publicUrl: 'https://gateway:8000', stunUrls: ['stun:stun.l.google.com:19302'] },
    { engine: new FakeEngine() },
  );
  [admin, host, guest] = await Promise.all([
    server.person('admin'),
    server.person('host', { displayName: 'The Host' }),
    server.person('guest'),
  ]);
  await server.app.people.put('admin', { role: 'admin' });
});
afterAll(() => server.close());

const ask = (who: Person, method: string, path: string, body?: unknown) =>
  api(server, method, path, { token: who.token, ...(body === undefined ? {} : { body }) });
const M = '/api/v1/meetings';
async function made(given: object = {}, by = host): Promise<number> {
  const { status, body } = await ask(by, 'POST', M, { title: 'Weekly', ...given });
  expect(status).toBe(201);
  return body.data.meeting_id;
}
/** What came back: the status, the business code and the data. */
const told = ({ status, body }: { status: number; body: { code: number; data: unknown } }) => [
  status,
  body.code,
];

describe('the examples of document E, as written', () => {
  let id: number;

  test('创建会议', async () => {
    const { method, path, body } = request('创建会议');
    const { status, body: got } = await ask(host, method, path, body);
    expect([status, got.code, got.message]).toEqual([201, 201, 'Success']);
    id = got.data.meeting_id;
    expect(got.data).toMatchObject({
      meeting_id: expect.any(Number),
      title: 'Team Meeting',
      description: 'Weekly sync',
      start_time: '2025-10-03T10:00:00Z',
      end_time: '2025-10-03T11:00:00Z',
      max_participants: 10,
      meeting_type: 'video',
      status: 'scheduled',
      creator_id: host.id,
      settings: {
        enable_recording: true,
        enable_chat: true,
        enable_screen_share: true,
        enable_waiting_room: false,
        mute_on_join: false,
      },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });

  test('加入会议: its time is past, and the first to join starts it', async () => {
    const { method, path, body } = request('加入会议');
    const { status, body: got } = await ask(host, method, path.replace('/1/', `/${id}/`), body);
    const expected = answer('加入会议');
    expect([status, got.code]).toEqual([200, expected.code]);
    expect(Object.keys(got.data)).toEqual(expect.arrayContaining(Object.keys(expected.data)));
    expect(got.data).toMatchObject({ meeting_id: id, participant_id: expect.any(Number), status: 'online' });
    const url = new URL(got.data.room_url);
    expect(`${url.origin}${url.pathname}`).toBe('wss://gateway:8000/ws/signaling');
    expect([url.searchParams.get('meeting_id'), url.searchParams.get('user_id')]).toEqual([
      String(id),
      String(host.id),
    ]);
    expect(got.data.ice_servers).toEqual(expected.data.ice_servers);
    expect(got.data.token).toMatch(/^eyJ/);
    expect((await ask(host, 'GET', `${M}/${id}`)).body.data.status).toBe('ongoing');
  });

  test('离开会议', async () => {
    const { method, path } = request('离开会议');
    const { status, body } = await ask(host, method, path.replace('/1/', `/${id}/`));
    expect([status, body.code, body.data]).toEqual([200, 200, null]);
  });
});

describe('business codes', () => {
  test('2001: no such meeting', async () => {
    expect(told(await ask(host, 'GET', `${M}/999999`))).toEqual([404, 2001]);
    expect(told(await ask(host, 'POST', `${M}/999999/join`, {}))).toEqual([404, 2001]);
  });

  test('2002: it is over', async () => {
    const id = await made();
    await ask(host, 'POST', `${M}/${id}/join`);
    expect((await ask(host, 'POST', `${M}/${id}/end`)).body.data.status).toBe('ended');
    for (const path of ['join', 'start']) {
      expect(told(await ask(host, 'POST', `${M}/${id}/${path}`))).toEqual([410, 2002]);
    }
    // Once more changes nothing and is no error.
    expect(told(await ask(host, 'POST', `${M}/${id}/end`))).toEqual([200, 200]);
  });

  test('2003: it is full', async () => {
    const id = await made({ max_participants: 2 });
    await ask(host, 'POST', `${M}/${id}/join`);
    await ask(guest, 'POST', `${M}/${id}/join`);
    const third = await server.person('third');
    expect(told(await ask(third, 'POST', `${M}/${id}/join`))).toEqual([409, 2003]);
    await ask(guest, 'POST', `${M}/${id}/leave`);
    expect(told(await ask(third, 'POST', `${M}/${id}/join`))).toEqual([200, 200]);
  });

  test('2004: the password; who is not in is told nothing of it', async () => {
    const id = await made({ password: 'secret' });
    expect(told(await ask(guest, 'GET', `${M}/${id}`))).toEqual([403, 403]);
    for (const body of [{}, { password: 'wrong' }]) {
      expect(told(await ask(guest, 'POST', `${M}/${id}/join`, body))).toEqual([403, 2004]);
    }
    expect(told(await ask(guest, 'POST', `${M}/${id}/join`, { password: 'secret' }))).toEqual([200, 200]);
    expect((await ask(guest, 'GET', `${M}/${id}`)).body.data).toMatchObject({ has_password: true });
    expect(JSON.stringify((await ask(host, 'GET', `${M}/${id}`)).body)).not.toContain('argon2');
  });

  test('2005 and 2006, our own: it is locked; one was taken out', async () => {
    const id = await made();
    await ask(guest, 'POST', `${M}/${id}/join`);
    await ask(host, 'DELETE', `${M}/${id}/participants/${guest.id}`);
    await ask(host, 'POST', `${M}/${id}/lock`, { locked: true });
    const third = await server.person('locked-out');
    expect(told(await ask(third, 'POST', `${M}/${id}/join`))).toEqual([403, 2005]);
    expect(told(await ask(guest, 'POST', `${M}/${id}/join`))).toEqual([403, 2006]);
  });

  test('whoever cannot be added is the target’s matter, not the asker’s', async () => {
    const id = await made();
    const add = (userId: number) => ask(host, 'POST', `${M}/${id}/participants`, { user_id: userId });
    const banned = await server.person('shut-out');
    await server.app.people.put(banned.uid, { status: 'banned' });
    expect(told(await add(banned.id))).toEqual([409, 409]);
    const gone = await server.person('gone-away');
    await server.app.people.remove(gone.uid);
    expect(told(await add(gone.id))).toEqual([404, 1003]);
  });
});

test('times come in any offset and are answered in UTC', async () => {
  const id = await made({ start_time: '2030-01-01T10:00:00+08:00', end_time: '2030-01-01T11:00:00+08:00' });
  expect((await ask(host, 'GET', `${M}/${id}`)).body.data).toMatchObject({
    start_time: '2030-01-01T02:00:00Z',
    end_time: '2030-01-01T03:00:00Z',
  });
});

test.each([
  [{ title: '' }, 'title'],
  [{ title: 'x', start_time: 'tomorrow' }, 'start_time'],
  [{ title: 'x', start_time: '2030-01-01T10:00:00Z', end_time: '2030-01-01T09:00:00Z' }, 'end_time'],
  [{ title: 'x', max_participants: 1 }, 'max_participants'],
  [{ title: 'x', meeting_type: 'smell' }, 'meeting_type'],
  [{ title: 'x', settings: { enable_chat: 'yes' } }, 'settings.enable_chat'],
])('what is wrong is refused with its field: %o', async (body, field) => {
  const { status, body: got } = await ask(host, 'POST', M, body);
  expect([status, got.code, got.data]).toEqual([400, 400, { field }]);
});

test('a waiting room: told so, let in by adding or by a role, on every list', async () => {
  const id = await made({ settings: { enable_waiting_room: true } });
  expect((await ask(guest, 'POST', `${M}/${id}/join`)).body.data).toMatchObject({
    status: 'waiting',
    token: null,
  });
  expect((await ask(guest, 'GET', `${M}/${id}`)).body.data.status).toBe('scheduled');
  expect((await ask(host, 'POST', `${M}/${id}/join`)).body.data).toMatchObject({
    status: 'online',
    role: 'host',
  });
  const list = await ask(host, 'GET', `${M}/${id}/participants?status=waiting`);
  expect(list.body.data).toMatchObject({
    total: 1,
    participants: [{ user_id: guest.id, status: 'waiting' }],
  });
  expect(told(await ask(guest, 'POST', `${M}/${id}/participants`, { user_id: guest.id }))).toEqual([
    403, 403,
  ]);
  const { body } = await ask(host, 'POST', `${M}/${id}/participants`, { user_id: guest.id });
  expect(body.data).toMatchObject({ user_id: guest.id, status: 'online', role: 'participant' });
  expect((await ask(guest, 'POST', `${M}/${id}/join`)).body.data.token).toMatch(/^eyJ/);

  const other = await server.person('waits-too');
  await ask(other, 'POST', `${M}/${id}/join`);
  const role = `${M}/${id}/participants/${other.id}/role`;
  expect((await ask(host, 'PUT', role, { role: 'moderator' })).body.data).toMatchObject({
    status: 'online',
    role: 'moderator',
  });
});

test('who was removed stays out until they are added again', async () => {
  const id = await made();
  await ask(host, 'POST', `${M}/${id}/join`);
  await ask(guest, 'POST', `${M}/${id}/join`);
  expect(told(await ask(guest, 'DELETE', `${M}/${id}/participants/${host.id}`))).toEqual([403, 403]);
  expect(told(await ask(host, 'DELETE', `${M}/${id}/participants/${guest.id}`))).toEqual([200, 200]);
  expect(told(await ask(guest, 'POST', `${M}/${id}/join`))).toEqual([403, 2006]);
  await ask(host, 'POST', `${M}/${id}/participants`, { user_id: guest.id });
  expect(told(await ask(guest, 'POST', `${M}/${id}/join`))).toEqual([200, 200]);
});

test('chat is kept, and read the same by both routes; where it is off nobody writes but those who run it', async () => {
  const id = await made();
  await ask(host, 'POST', `${M}/${id}/join`);
  await ask(guest, 'POST', `${M}/${id}/join`);
  for (const content of ['one', 'two', 'three']) {
    const sent = await ask(guest, 'POST', `${M}/${id}/messages`, { content });
    expect(sent.body.data).toMatchObject({ content, user_id: guest.id, meeting_id: id });
  }
  const list = await ask(host, 'GET', `${M}/${id}/messages?page=2&page_size=2`);
  expect(list.body.data).toMatchObject({ total: 3, page: 2, page_size: 2, messages: [{ content: 'three' }] });
  const history = await ask(host, 'GET', `/api/v1/messages/history/${id}`);
  expect(history.body.data.messages.map(({ content }: { content: string }) => content)).toEqual([
    'one',
    'two',
    'three',
  ]);
  await ask(host, 'PUT', `${M}/${id}`, { settings: { enable_chat: false } });
  expect(told(await ask(guest, 'POST', `${M}/${id}/messages`, { content: 'four' }))).toEqual([403, 403]);
  expect(told(await ask(host, 'POST', `${M}/${id}/messages`, { content: 'five' }))).toEqual([200, 200]);
});

test('my meetings: what one made and what one is in, what comes, what was', async () => {
  const me = await server.person('me');
  const soon = await made({ title: 'Soon', start_time: '2040-01-01T00:00:00Z' }, me);
  const later = await made({ title: 'Later', start_time: '2041-01-01T00:00:00Z' }, me);
  const others = await made({ title: 'Others' });
  await ask(me, 'POST', `${M}/${others}/join`);
  const ids = async (path: string) => {
    const { body } = await ask(me, 'GET', `/api/v1/my/meetings${path}`);
    expect(body.data.total).toBe(body.data.meetings.length);
    return body.data.meetings.map((meeting: { meeting_id: number }) => meeting.meeting_id);
  };
  expect((await ids('')).sort()).toEqual([soon, later, others].sort());
  expect((await ids('?as=creator')).sort()).toEqual([soon, later].sort());
  expect(await ids('?as=participant')).toEqual([others]);
  expect(await ids('?search=LAT')).toEqual([later]);
  expect(await ids('/upcoming')).toEqual([others, soon, later]);
  expect(await ids('/history')).toEqual([]);
  await ask(host, 'POST', `${M}/${others}/end`);
  expect(await ids('/history')).toEqual([others]);
  const { body } = await ask(me, 'GET', '/api/v1/my/meetings/history');
  expect(body.data.meetings[0]).toMatchObject({ status: 'ended', role: 'participant' });
  expect(await ids('/upcoming')).toEqual([soon, later]);
});

test('a planned meeting is cancelled by deleting it; one that is going on must end first', async () => {
  const id = await made();
  expect(told(await ask(guest, 'DELETE', `${M}/${id}`))).toEqual([403, 403]);
  expect(told(await ask(host, 'DELETE', `${M}/${id}`))).toEqual([200, 200]);
  expect((await ask(host, 'GET', `${M}/${id}`)).body.data.status).toBe('cancelled');
  expect(told(await ask(host, 'POST', `${M}/${id}/join`))).toEqual([410, 2002]);
  const going = await made();
  await ask(host, 'POST', `${M}/${going}/join`);
  expect(told(await ask(host, 'DELETE', `${M}/${going}`))).toEqual([409, 409]);
});

test('statistics count what there was', async () => {
  const before = (await ask(admin, 'GET', '/api/v1/stats/overview')).body.data;
  const id = await made();
  await ask(host, 'POST', `${M}/${id}/join`);
  await ask(host, 'POST', `${M}/${id}/messages`, { content: 'hello' });
  const after = (await ask(admin, 'GET', '/api/v1/stats/overview')).body.data;
  expect(after.total_meetings).toBe(before.total_meetings + 1);
  expect(after.meetings.ongoing).toBe(before.meetings.ongoing + 1);
  expect(after.total_messages).toBe(before.total_messages + 1);
  const { rooms } = (await ask(host, 'GET', '/api/v1/stats/rooms')).body.data;
  expect(rooms.find((room: { meeting_id: number }) => room.meeting_id === id)).toMatchObject({
    status: 'ongoing',
    online: 1,
    participants: 1,
    messages: 1,
  });
});

test('a room is named by its number or its name, and by nothing that only looks like one', async () => {
  const id = await made();
  await ask(host, 'POST', `${M}/${id}/join`);
  for (const [room, status] of [
    [`${id}`, 200],
    [`meet_${id}`, 200],
    [`0x${id.toString(16)}`, 404],
    [`${id}e0`, 404],
    ['call_1', 404],
  ] as const) {
    expect((await ask(host, 'GET', `/api/v1/webrtc/room/${room}/peers`)).status, room).toBe(status);
  }
});

test('更新对等端媒体: one’s own, and others’ off by who runs it; the list of peers has it', async () => {
  const id = await made();
  await ask(host, 'POST', `${M}/${id}/join`);
  const { participant_id: peer } = (await ask(guest, 'POST', `${M}/${id}/join`)).body.data;
  const path = `/api/v1/webrtc/peer/${peer}/media`;
  const seen = async () => {
    const { peers } = (await ask(host, 'GET', `/api/v1/webrtc/room/${id}/peers`)).body.data;
    const { audio, video, screen } = peers.find((one: { peer_id: number }) => one.peer_id === peer);
    return { audio, video, screen };
  };
  const { status, body } = await ask(guest, 'POST', path, { audio: true, video: true });
  expect([status, body.data.participant_id, body.data.user_id]).toEqual([200, peer, guest.id]);
  expect(await seen()).toEqual({ audio: true, video: true, screen: false });
  expect(told(await ask(host, 'POST', path, { audio: false }))).toEqual([200, 200]);
  expect(told(await ask(host, 'POST', path, { audio: true }))).toEqual([403, 403]);
  expect(await seen()).toEqual({ audio: false, video: true, screen: false });
  expect(told(await ask(guest, 'POST', path, {}))).toEqual([400, 400]);
  expect(told(await ask(guest, 'POST', '/api/v1/webrtc/peer/999999/media', { audio: false }))).toEqual([
    404, 404,
  ]);
});

test('who has deleted their account is named no more where they have been', async () => {
  const id = await made();
  const account = await server.app.accounts.register({ username: 'vanishing', password: 'password123' });
  const { token } = await server.app.accounts.login('vanishing', 'password123', '127.0.0.1');
  const gone = { token } as Person;
  await ask(host, 'POST', `${M}/${id}/join`);
  await ask(gone, 'POST', `${M}/${id}/join`);
  await ask(gone, 'POST', `${M}/${id}/messages`, { content: 'hello' });
  expect((await ask(gone, 'DELETE', '/api/v1/users/account')).status).toBe(200);
  const { participants } = (await ask(host, 'GET', `${M}/${id}/participants`)).body.data;
  const part = participants.find((one: { user_id: number }) => one.user_id === account.id);
  expect([part.uid, part.username, part.nickname]).toEqual([`${account.id}`, 'deleted user', 'deleted user']);
  const [message] = (await ask(host, 'GET', `${M}/${id}/messages`)).body.data.messages;
  expect(message).toMatchObject({ content: 'hello', username: 'deleted user' });
});
