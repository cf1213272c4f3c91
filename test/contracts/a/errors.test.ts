import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';

const base = '/api/v1/rtc';
let server: TestServer;
let ann: Person;
let ben: Person;

beforeAll(async () => {
  server = await startTestServer();
  [ann, ben] = await Promise.all([server.person('2001'), server.person('2002')]);
  await server.befriend(ann, ben);
});
afterAll(() => server.close());

const post = (path: string, body: unknown, token = ann.token) =>
  api(server, 'POST', base + path, { token, body });
const failure = (code: number, message: unknown = expect.any(String)) => ({ code, message, data: null });
const total = async (who: Person) =>
  (await api(server, 'GET', `${base}/call/history?userId=${who.id}`, { token: who.token })).body.data.total;

describe('what is wrong is said in A’s envelope, with the field named and nothing written', () => {
  test.each([
    ['callerId', { calleeId: 2002, callType: 'AUDIO' }],
    ['callerId', { callerId: '2001', calleeId: 2002, callType: 'AUDIO' }],
    ['callerId', { callerId: 2001.5, calleeId: 2002, callType: 'AUDIO' }],
    ['calleeId', { callerId: 2001, callType: 'AUDIO' }],
    ['calleeId', { callerId: 2001, calleeId: null, callType: 'AUDIO' }],
    ['calleeId', { callerId: 2001, calleeId: 0, callType: 'AUDIO' }],
    ['calleeId', { callerId: 2001, calleeId: [2002], callType: 'AUDIO' }],
    ['callType', { callerId: 2001, calleeId: 2002 }],
    ['callType', { callerId: 2001, calleeId: 2002, callType: 'video' }],
  ])('initiate: %s', async (field, body) => {
    const { status, body: answer } = await post('/call/initiate', body);
    expect(status).toBe(400);
    expect(answer).toEqual(failure(400, expect.stringContaining(field)));
    expect(await total(ann)).toBe(0);
  });

  test.each([
    ['callId', { userId: 2001 }],
    ['callId', { callId: 5, userId: 2001 }],
    ['userId', { callId: 'call_1' }],
    ['userId', { callId: 'call_1', userId: 'x' }],
  ])('answer, reject, hangup: %s', async (field, body) => {
    for (const path of ['/call/answer', '/call/reject', '/call/hangup']) {
      expect((await post(path, body)).body).toEqual(failure(400, expect.stringContaining(field)));
    }
  });

  test('an unknown reason is 400', async () => {
    const { body } = await post('/call/reject', { callId: 'call_1', userId: 2001, reason: 'TIRED' });
    expect(body).toEqual(failure(400, expect.stringContaining('reason')));
  });

  test.each([
    ['userId', ''],
    ['userId', 'userId=ann'],
    ['page', 'userId=2001&page=0'],
    ['page', 'userId=2001&page=x'],
    ['size', 'userId=2001&size=0'],
    ['size', 'userId=2001&size=101'],
    ['size', 'userId=2001&size=1.5'],
  ])('history: %s', async (field, query) => {
    const { body } = await api(server, 'GET', `${base}/call/history?${query}`, { token: ann.token });
    expect(body).toEqual(failure(400, expect.stringContaining(field)));
  });

  test('calling oneself is 400', async () => {
    const { body } = await post('/call/initiate', { callerId: 2001, calleeId: 2001, callType: 'AUDIO' });
    expect(body).toEqual(failure(400, '不能呼叫自己'));
  });

  test('a call nobody knows is 404', async () => {
    for (const path of ['/call/answer', '/call/reject', '/call/hangup']) {
      expect((await post(path, { callId: 'call_nobody', userId: 2001 })).body).toEqual(
        failure(404, '通话不存在'),
      );
    }
  });

  test('no token, and one that is not good, are 401', async () => {
    const body = { callerId: 2001, calleeId: 2002, callType: 'AUDIO' };
    const nobody = await api(server, 'POST', `${base}/call/initiate`, { body });
    expect(nobody.status).toBe(401);
    expect(nobody.headers.get('www-authenticate')).toBe('Bearer');
    expect(nobody.body).toEqual(failure(401));
    expect((await post('/call/initiate', body, 'not.a.token')).body).toEqual(failure(401));
  });

  test('a body that is not JSON is 400, one that is not said to be is 415, a large one 413', async () => {
    const send = (body: string, type: string) =>
      fetch(`${server.url}${base}/call/initiate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ann.token}`, 'content-type': type },
        body,
      });
    const cut = await send('{"callerId": 1', 'application/json');
    expect([cut.status, await cut.json()]).toEqual([400, failure(400)]);
    const empty = await send('', 'application/json');
    expect([empty.status, await empty.json()]).toEqual([400, failure(400)]);
    const list = await send('[]', 'application/json');
    expect([list.status, await list.json()]).toEqual([400, failure(400)]);
    const text = await send('callerId=1', 'application/x-www-form-urlencoded');
    expect([text.status, await text.json()]).toEqual([415, failure(415)]);
    const large = await send(JSON.stringify({ callerId: 'x'.repeat(1024 * 1024) }), 'application/json');
    expect([large.status, await large.json()]).toEqual([413, failure(413)]);
  });

  test('unknown routes below /call and /config are 404 in A’s envelope', async () => {
    for (const [method, path] of [
      ['GET', '/call/initiate/x'],
      ['POST', '/call/transfer'],
      ['PUT', '/call/answer'],
      ['GET', '/config/other'],
    ] as const) {
      const { status, body } = await api(server, method, base + path, { token: ann.token });
      expect([status, body]).toEqual([404, failure(404, '接口不存在')]);
    }
  });

  test('English is spoken when asked for', async () => {
    const { body } = await api(server, 'GET', `${base}/config/other`, {
      headers: { 'accept-language': 'en' },
    });
    expect(body.message).toBe('No such route');
  });
});

describe('history', () => {
  test('pages are counted, in order, newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { body } = await post('/call/initiate', { callerId: 2001, calleeId: 2002, callType: 'AUDIO' });
      ids.unshift(body.data.callId);
      await post('/call/hangup', { callId: body.data.callId, userId: 2001 });
    }
    const page = async (query: string) =>
      (await api(server, 'GET', `${base}/call/history?userId=2001${query}`, { token: ann.token })).body.data;
    const first = await page('&page=1&size=2');
    expect(first).toMatchObject({ total: 5, page: 1, size: 2 });
    const seen = [first, await page('&page=2&size=2'), await page('&page=3&size=2')].flatMap(
      (one) => one.records,
    );
    expect(seen.map((record: { callId: string }) => record.callId)).toEqual(ids);
    expect(await page('&page=4&size=2')).toEqual({ total: 5, page: 4, size: 2, records: [] });
    expect(await page('')).toMatchObject({ page: 1, size: 20 });
  });

  test('a person nobody has heard of has none: 404 for a service', async () => {
    const { body } = await api(server, 'GET', `${base}/call/history?userId=777777`, {
      token: server.service,
    });
    expect(body).toEqual(failure(404, '用户不存在'));
  });
});
