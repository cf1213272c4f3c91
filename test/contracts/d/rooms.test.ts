import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engineFor, type TestEngine } from '../../support/engines.ts';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';

let engine: TestEngine;
let server: TestServer;
let turn = 0;
let [ann, ben, cid]: [Person, Person, Person] = [] as never;
let room: string;

beforeAll(async () => {
  engine = await engineFor('fake');
  server = await engine.start({ ringMs: 1000 });
});
afterAll(async () => {
  await server.close();
  await engine.close();
});
beforeEach(async () => {
  turn += 1;
  room = `room-${turn}`;
  [ann, ben, cid] = await Promise.all([
    server.person(`ann-${turn}`),
    server.person(`ben-${turn}`),
    server.person(`cid-${turn}`),
  ]);
  await server.befriend(ann, ben, cid);
});

type Headers = Record<string, string>;
const ask = (method: string, path: string, token: string, body?: unknown, headers: Headers = {}) =>
  api(server, method, path, { token, headers, ...(body === undefined ? {} : { body }) });
const create = (body: object = {}, token = server.service) =>
  ask('POST', '/api/rooms', token, { creator: ann.uid, room_name: room, ...body });
const join = (who: Person, token = who.token) =>
  ask('POST', '/api/participants/join', token, { room_name: room, uid: who.uid });
/** Both with their media, by the tickets that they got. */
const annAndBenInside = async () => {
  const made = await create({ max_participants: 3 });
  const joined = await join(ben);
  return { ann: await engine.enter(made.body.data), ben: await engine.enter(joined.body.data) };
};
const leave = (who: Person) =>
  ask('POST', '/api/participants/leave', who.token, { room_name: room, uid: who.uid });
const info = async () => (await ask('GET', `/api/rooms/${room}`, server.service)).body.data;
const parts = async () => {
  const { body } = await ask('GET', `/api/rooms/${room}/participants`, server.service);
  return Object.fromEntries(body.data.map((one: { uid: string; status: number }) => [one.uid, one.status]));
};

describe('what a request may leave out or say otherwise', () => {
  test('no name: a UUID; no limit: two; nothing of a channel: null', async () => {
    const { body } = await ask('POST', '/api/v1/rooms', server.service, { creator: ann.uid });
    expect(body.data.room_name).toMatch(/^[0-9a-f-]{36}$/);
    room = body.data.room_name;
    expect(await info()).toMatchObject({
      source_channel_id: null,
      source_channel_type: null,
      call_type: 0,
      invite_on: 0,
      status: 0,
    });
    expect((await join(ben)).body.data).toMatchObject({ max_participants: 2, creator: ann.uid });
  });

  test('room_id for room_name, wherever a request has one', async () => {
    const { room_name: _, ...rest } = { creator: ann.uid, room_name: '', room_id: room };
    expect((await ask('POST', '/api/rooms', server.service, rest)).body.data.room_name).toBe(room);
    for (const path of ['join', 'leave']) {
      const body = { room_id: room, uid: ben.uid };
      expect((await ask('POST', `/api/v1/participants/${path}`, ben.token, body)).status).toBe(200);
    }
    const both = { room_id: room, room_name: `${room}-x`, uid: ben.uid };
    expect((await ask('POST', '/api/participants/join', ben.token, both)).status).toBe(400);
    expect((await ask('POST', '/api/participants/join', ben.token, { uid: ben.uid })).status).toBe(400);
  });

  test('a person by decimal id: answers have the uid', async () => {
    const { body } = await create({ creator: String(ann.id), uids: [String(ben.id), ben.uid, ann.uid] });
    expect(body.code).toBe(0);
    expect(await parts()).toEqual({ [ann.uid]: 1, [ben.uid]: 0 });
  });
});

describe('where media goes', () => {
  test('to the cluster, or else to the address whoever asks has reached this server by', async () => {
    const url = engine.url ?? server.url;
    expect((await create()).body.data.livekit_url).toBe(url);
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const body = { room_name: room, uid: ben.uid };
    const joined = await ask('POST', '/api/participants/join', ben.token, body, headers);
    expect(joined.body.data.livekit_url).toBe(url);
  });
});

describe('what is refused', () => {
  const english = { 'accept-language': 'en' };

  test('by the business, with 400 and the reason in the language asked for', async () => {
    await create();
    const again = await create({ creator: ben.uid });
    expect([again.status, again.body]).toEqual([400, { code: 400, msg: '房间已存在' }]);
    const body = { creator: ben.uid, room_name: 'meet_1' };
    const reserved = await ask('POST', '/api/rooms', server.service, body, english);
    expect(reserved.body).toEqual({ code: 400, msg: 'A room’s name does not begin with call_ or meet_' });
    await join(ben);
    const full = await join(cid);
    expect([full.status, full.body]).toEqual([400, { code: 400, msg: '房间人数已满' }]);
    const second = await ask('POST', '/api/rooms', cid.token, { creator: cid.uid, uids: [ben.uid] });
    expect([second.status, second.body]).toEqual([400, { code: 400, msg: `${ben.uid} 正在通话中` }]);
    await leave(ben);
    const over = await join(cid);
    expect([over.status, over.body]).toEqual([400, { code: 400, msg: '房间已结束' }]);
  });

  test('what is not there is 404, what is not theirs 403, no token 401, nonsense 400', async () => {
    await create();
    const status = (method: string, path: string, token?: string, body?: unknown) =>
      api(server, method, path, {
        ...(token === undefined ? {} : { token }),
        ...(body === undefined ? {} : { body }),
      });
    const none = await status('GET', '/api/rooms/none', ann.token);
    expect([none.status, none.body]).toEqual([404, { code: 404, msg: '房间不存在' }]);
    const theirs = await status('POST', `/api/rooms/${room}/end`, ben.token);
    expect([theirs.status, theirs.body]).toEqual([403, { code: 403, msg: '只有房间创建者可以执行该操作' }]);
    expect((await status('GET', `/api/rooms/${room}`)).body).toEqual({ code: 401, msg: '需要登录' });
    for (const body of [
      { creator: 'x y' },
      { creator: ann.uid, call_type: 2 },
      { creator: ann.uid, uids: 'ben' },
      { creator: ann.uid, max_participants: 1 },
      { creator: ann.uid, max_participants: 2.5 },
    ]) {
      expect((await status('POST', '/api/rooms', server.service, body)).status).toBe(400);
    }
    for (const wrong of [7, -1, 1.5, 'x']) {
      const path = `/api/rooms/${room}/participants/${ben.uid}/status`;
      expect((await status('PUT', path, server.service, { status: wrong })).status).toBe(400);
    }
  });

  test('unknown routes in D’s envelope', async () => {
    for (const path of [
      '/api/rooms/x/y/z',
      '/api/participants/x',
      '/api/v1/rooms/x/y',
      '/api/v1/participants',
    ]) {
      const { status, body } = await api(server, 'GET', path, { token: ann.token });
      expect([path, status, body]).toEqual([path, 404, { code: 404, msg: '接口不存在' }]);
    }
  });

  test('without an engine, in clear words, and nothing is written', async () => {
    await using stack = new AsyncDisposableStack();
    const bare = await startTestServer();
    stack.defer(() => bare.close());
    const body = { creator: 'ann', room_name: 'r' };
    const made = await api(bare, 'POST', '/api/rooms', { token: bare.service, body, headers: english });
    expect([made.status, made.body]).toEqual([503, { code: 503, msg: 'This server carries no rooms' }]);
    const list = await api(bare, 'GET', '/api/rooms', { token: bare.service });
    expect(list.body.data).toEqual({ rooms: [], total: 0 });
  });
});

describe('a room, start to end', () => {
  test('states follow the media, and the participants’ times are milliseconds', async () => {
    const made = await create({ uids: [ben.uid], max_participants: 3 });
    const joined = await join(ben);
    expect(await info()).toMatchObject({ status: 0 });
    for (const { body } of [made, joined]) await engine.enter(body.data);
    await waitFor(async () => (await info()).status === 1, { reason: 'the room to start' });
    const left = await leave(ben);
    expect(left.status).toBe(200);
    const { body } = await ask('GET', `/api/rooms/${room}/participants`, ann.token);
    const mine = body.data.find(({ uid }: { uid: string }) => uid === ben.uid);
    expect(mine.status).toBe(3);
    expect(mine.leave_time).toBeGreaterThanOrEqual(mine.join_time);
    expect(Math.abs(Date.now() - mine.join_time)).toBeLessThan(60_000);
    await ask('POST', `/api/rooms/${room}/end`, ann.token);
    expect((await info()).status).toBe(2);
    await waitFor(async () => (await server.app.engine.rooms([room])).length === 0, {
      reason: 'its media to end',
    });
  });

  test('an invitee who does not come has missed it; one who refuses has refused', async () => {
    await create({ uids: [ben.uid, cid.uid], max_participants: 3 });
    const path = `/api/rooms/${room}/participants/${ben.uid}/status`;
    expect((await ask('PUT', path, ben.token, { status: 2 })).status).toBe(200);
    await waitFor(async () => (await parts())[cid.uid] === 4, { reason: 'the invitation to run out' });
    expect(await parts()).toEqual({ [ann.uid]: 1, [ben.uid]: 2, [cid.uid]: 4 });
  });

  test('removed, a client is sent out', async () => {
    const inside = await annAndBenInside();
    const path = `/api/rooms/${room}/participants/${ben.uid}/status`;
    expect((await ask('PUT', path, cid.token, { status: 3 })).status).toBe(403);
    expect((await ask('PUT', path, ann.token, { status: 3 })).status).toBe(200);
    expect(await parts()).toEqual({ [ann.uid]: 1, [ben.uid]: 3 });
    await waitFor(() => inside.ben.gone, { reason: 'ben to be sent out' });
    expect(inside.ann.gone).toBe(false);
  });
});

describe('somebody whom the host bans or deletes', () => {
  test.each([
    ['PUT', { status: 'banned' }],
    ['DELETE', undefined],
  ])('is out of their room and free: %s', async (method, body) => {
    const inside = await annAndBenInside();
    await ask(method, `/api/v1/host/users/${ben.uid}`, server.service, body);
    await waitFor(async () => (await parts())[ben.uid] === 3, { reason: 'their part to be over' });
    await waitFor(() => inside.ben.gone, { reason: 'their media to end' });
    expect((await server.app.engine.members(room)).map(({ identity }) => identity)).toEqual([ann.uid]);
    expect(await server.app.store.read.rooms.engaged([ben.id])).toEqual(new Map());
  });
});

describe('calls and rooms know of each other', () => {
  const call = (caller: Person, callee: Person) =>
    ask('POST', '/api/v1/rtc/call', caller.token, {
      callerId: caller.uid,
      calleeIds: [callee.uid],
      type: 'audio',
    });
  const calling = async (...people: Person[]) => {
    const body = { uids: people.map(({ uid }) => uid) };
    return (await ask('POST', '/api/v1/participants/calling', server.service, body)).body;
  };

  test('somebody in a call is busy for a room’s invitation', async () => {
    const begun = await call(ben, cid);
    expect(begun.status).toBe(200);
    expect((await create({ uids: [ben.uid], max_participants: 4 })).status).toBe(200);
    const invited = await ask('POST', `/api/rooms/${room}/invite`, ann.token, { uids: [cid.uid] });
    expect(invited.status).toBe(200);
    expect(await parts()).toEqual({ [ann.uid]: 1, [ben.uid]: 5, [cid.uid]: 5 });
    expect((await join(ben)).status).toBe(400);
    expect(await calling(ann, ben, cid)).toEqual({
      code: 0,
      msg: '查询成功',
      data: { uids: [ann.uid, ben.uid, cid.uid] },
    });
    const callId = begun.body.call.id;
    await ask('POST', '/api/v1/rtc/cancel', ben.token, { callId, userId: ben.uid });
    expect((await join(ben)).status).toBe(200);
  });

  test('somebody in a room is busy for a call, and cannot begin one', async () => {
    await create({ uids: [ben.uid] });
    const busy = await call(cid, ben);
    expect(busy.body.call).toMatchObject({ status: 'rejected', rejectReason: 'busy' });
    const caller = await call(ann, cid);
    expect(caller.status).toBe(409);
    await ask('POST', `/api/rooms/${room}/end`, ann.token);
    expect((await call(ann, ben)).body.call).toMatchObject({ status: 'calling' });
  });
});
