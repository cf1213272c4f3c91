import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api, startTestServer, type TestServer } from '../../support/server.ts';
import { base, failure, friends, type Speaker, speaker } from './people.ts';

let server: TestServer;
let [ann, ben]: [Speaker, Speaker] = [] as never;

beforeAll(async () => {
  server = await startTestServer();
  const people = await friends(server, 2);
  [ann, ben] = people.map((person) => speaker(server, person)) as [Speaker, Speaker];
});
afterAll(() => server.close());

/** A body of the document's for `POST /call`, with something else in it. */
const placing = (change: object) => ({
  callerId: ann.person.uid,
  calleeIds: [ben.person.uid],
  type: 'audio',
  ...change,
});

describe('what is wrong is said in B’s envelope, with the field named and nothing written', () => {
  test.each([
    ['callerId', { callerId: undefined }],
    ['callerId', { callerId: 5 }],
    ['callerId', { callerId: '' }],
    ['callerId', { callerId: 'x'.repeat(65) }],
    ['calleeIds', { calleeIds: undefined }],
    ['calleeIds', { calleeIds: 'user-002' }],
    ['calleeIds', { calleeIds: [] }],
    ['calleeIds.0', { calleeIds: [7] }],
    ['type', { type: undefined }],
    ['type', { type: 'VIDEO' }],
    ['groupId', { groupId: '' }],
    ['groupId', { groupId: 3 }],
    ['offer', { offer: 'v=0' }],
    ['offer.sdp', { offer: { type: 'offer' } }],
    ['offer.type', { offer: { type: 'answer', sdp: 'v=0' } }],
  ])('call: %s %j', async (field, change) => {
    const { status, body } = await ann.post('/call', placing(change));
    expect([status, body]).toEqual([400, failure('invalid', { field })]);
    expect(body.error.message).toContain(
      field === 'calleeIds' && body.error.message.includes('呼叫') ? '' : field,
    );
    expect(await ann.history()).toEqual([]);
  });

  test('calling oneself, by either name', async () => {
    for (const name of [ann.person.uid, String(ann.person.id)]) {
      const { status, body } = await ann.post('/call', placing({ calleeIds: [ben.person.uid, name] }));
      expect([status, body]).toEqual([400, failure('invalid', { field: 'calleeIds' })]);
    }
  });

  test.each([
    ['POST', '/answer', 'callId', {}],
    ['POST', '/answer', 'userId', { callId: 'c' }],
    ['POST', '/answer', 'answer.type', { callId: 'c', userId: 'u', answer: { type: 'offer', sdp: 'v=0' } }],
    ['POST', '/reject', 'reason', { callId: 'c', userId: 'u', reason: 'tired' }],
    ['POST', '/hangup', 'userId', { callId: 'c', userId: null }],
    ['POST', '/cancel', 'callId', { userId: 'u' }],
    ['POST', '/leave', 'userId', { callId: 'c' }],
    ['POST', '/join', 'offer.sdp', { callId: 'c', userId: 'u', offer: { type: 'offer' } }],
    ['POST', '/invite', 'inviterId', { callId: 'c', inviteeIds: ['u'] }],
    ['POST', '/invite', 'inviteeIds', { callId: 'c', inviterId: 'u', inviteeIds: {} }],
    [
      'POST',
      '/signal',
      'toUserId',
      { callId: 'c', fromUserId: 'u', signal: { type: 'candidate', candidate: { candidate: '' } } },
    ],
    ['PUT', '/device', 'deviceType', { callId: 'c', userId: 'u', deviceType: 'camera', deviceId: 'd' }],
    ['PUT', '/device', 'deviceId', { callId: 'c', userId: 'u', deviceType: 'videoinput' }],
    ['PUT', '/mute', 'muted', { callId: 'c', userId: 'u', muted: 'yes' }],
    ['PUT', '/video', 'enabled', { callId: 'c', userId: 'u' }],
    ['POST', '/stats/c', 'stats', {}],
    ['POST', '/stats/c', 'stats.audio.jitter', { stats: { audio: { jitter: 'low' } } }],
  ])('%s %s: %s', async (method, path, field, given) => {
    const { status, body } = await api(server, method, base + path, { token: ann.person.token, body: given });
    expect([status, body]).toEqual([400, failure('invalid', { field })]);
  });

  test.each([
    ['signal of no known type', { type: 'hello', sdp: 'v=0' }],
    ['candidate without a candidate', { type: 'candidate' }],
    ['description without a text', { type: 'offer' }],
    ['text', 'v=0'],
  ])('a signal that is a %s', async (_, signal) => {
    const { status, body } = await ann.post('/signal', {
      callId: 'c',
      fromUserId: ann.person.uid,
      toUserId: ben.person.uid,
      signal,
    });
    expect([status, body.error.code]).toEqual([400, 'invalid']);
    expect(body.error.details.field).toMatch(/^signal/);
  });

  test.each([
    ['type', 'type=fax'],
    ['status', 'status=over'],
    ['startTime', 'startTime=yesterday'],
    ['startTime', 'startTime=2024-13-01'],
    ['endTime', 'endTime=1705312800'],
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=ten'],
    ['offset', 'offset=-1'],
    ['offset', 'offset=0.5'],
  ])('calls: %s in %s', async (field, query) => {
    const { status, body } = await ann.get(`/calls/${ann.person.uid}?${query}`);
    expect([status, body]).toEqual([400, failure('invalid', { field })]);
  });

  test('a call nobody knows is 404 on every route', async () => {
    const own = { callId: 'call_nobody', userId: ann.person.uid };
    const signal = { type: 'candidate', candidate: { candidate: 'c' } };
    const answers = await Promise.all([
      ...['/answer', '/reject', '/hangup', '/cancel', '/leave', '/join'].map((path) => ann.post(path, own)),
      ann.post('/invite', { callId: 'call_nobody', inviterId: ann.person.uid, inviteeIds: [ben.person.uid] }),
      ann.post('/signal', {
        callId: 'call_nobody',
        fromUserId: ann.person.uid,
        toUserId: ben.person.uid,
        signal,
      }),
      ann.put('/mute', { ...own, muted: true }),
      ann.put('/video', { ...own, enabled: true }),
      ann.put('/device', { ...own, deviceType: 'videoinput', deviceId: 'd' }),
      ann.get('/call/call_nobody'),
      ann.get('/stats/call_nobody'),
      ann.post('/stats/call_nobody', { stats: {} }),
    ]);
    for (const { status, body } of answers) {
      expect([status, body.success, body.error.code, body.error.message]).toEqual([
        404,
        false,
        'not_found',
        '通话不存在',
      ]);
    }
  });

  test('nobody is provisioned for a call that cannot be', async () => {
    const asService = (path: string, body: object) =>
      api(server, 'POST', base + path, { token: server.service, body });
    const nobody = 'not-to-be-provisioned';
    const ids = { callId: 'call_nobody', userId: nobody, inviterId: ann.person.uid };
    expect((await asService('/join', ids)).status).toBe(404);
    expect((await asService('/invite', { ...ids, inviteeIds: [nobody] })).status).toBe(404);
    expect((await asService('/answer', ids)).status).toBe(404);
    expect((await asService('/call', placing({ callerId: nobody, calleeIds: [nobody] }))).status).toBe(400);
    expect((await asService('/call', placing({ callerId: nobody, calleeIds: ['no name'] }))).status).toBe(
      400,
    );
    const self = placing({ calleeIds: [nobody, String(ann.person.id)] });
    expect((await asService('/call', self)).status).toBe(400);
    expect(await server.app.people.find(nobody)).toBeUndefined();
  });

  test('no token is 401, and the body is not looked at', async () => {
    const { status, body } = await api(server, 'POST', `${base}/call`, { body: {} });
    expect([status, body]).toEqual([401, failure('unauthenticated')]);
  });

  test('bodies: not JSON 400, another type 415, over a megabyte 413', async () => {
    const send = (body: string, type = 'application/json') =>
      fetch(`${server.url}${base}/call`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ann.person.token}`, 'content-type': type },
        body,
      });
    for (const [answer, status, code] of [
      [await send('{'), 400, 'invalid'],
      [await send('null'), 400, 'invalid'],
      [await send('{"__proto__": {"a": 1}}'), 400, 'invalid'],
      [await send('{"callerId": "a\\u0000b"}'), 400, 'invalid'],
      [await send('x', 'text/plain'), 415, 'unsupported'],
      [
        await send(JSON.stringify(placing({ offer: { type: 'offer', sdp: 'x'.repeat(1 << 20) } }))),
        413,
        'too_large',
      ],
    ] as const) {
      expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
        status,
        code,
      ]);
    }
  });

  test('unknown routes under the base answer in B’s envelope, below /call and /config in A’s', async () => {
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['GET', '/call'],
      ['DELETE', '/calls/x'],
      ['POST', '/active/x'],
      ['GET', ''],
    ] as const) {
      const { status, body } = await api(server, method, base + path, { token: ann.person.token });
      expect([path, status, body]).toEqual([path, 404, failure('not_found')]);
    }
    expect((await ann.get('/call/x/y')).body).toMatchObject({ code: 404, data: null });
  });

  test('English is spoken when asked for', async () => {
    const english = speaker(server, ann.person, { 'accept-language': 'en' });
    expect((await english.get('/call/call_nobody')).body.error.message).toBe('No such call');
  });
});
