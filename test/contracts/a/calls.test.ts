import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';

const base = '/api/v1/rtc';
let server: TestServer;
let turn = 1000;
let [ann, ben, cid]: [Person, Person, Person] = [] as never;

beforeAll(async () => {
  server = await startTestServer({ ringMs: 1000 });
});
afterAll(() => server.close());
beforeEach(async () => {
  turn += 10;
  [ann, ben, cid] = await Promise.all([
    server.person(`${turn}`),
    server.person(`${turn + 1}`),
    server.person(`${turn + 2}`),
  ]);
  await server.befriend(ann, ben, cid);
});

const post = (path: string, who: Person, body: unknown, headers: Record<string, string> = {}) =>
  api(server, 'POST', base + path, { token: who.token, body, headers });
const initiate = (caller: Person, callee: Person, callType = 'AUDIO') =>
  post('/call/initiate', caller, { callerId: caller.id, calleeId: callee.id, callType });
const own = (callId: string, who: Person) => ({ callId, userId: who.id });

/** A call that rings. */
async function ringing(caller = ann, callee = ben): Promise<string> {
  const { body } = await initiate(caller, callee);
  expect(body).toMatchObject({ code: 200, data: { status: 'CALLING' } });
  return body.data.callId;
}

/** A call that is talked in. */
async function connected(): Promise<string> {
  const callId = await ringing();
  expect((await post('/call/answer', ben, own(callId, ben))).status).toBe(200);
  return callId;
}

const history = async (who: Person) =>
  (await api(server, 'GET', `${base}/call/history?userId=${who.id}`, { token: who.token })).body.data.records;
const statusOf = async (callId: string) =>
  (await history(ann)).find((record: { callId: string }) => record.callId === callId);

describe('a call through contract A', () => {
  test('a user calls as itself and the answer is the record', async () => {
    const { status, body } = await initiate(ann, ben, 'VIDEO');
    expect(status).toBe(200);
    expect(body).toEqual({
      code: 200,
      message: '通话发起成功',
      data: {
        callId: expect.stringMatching(/^call_/),
        callerId: ann.id,
        calleeId: ben.id,
        callType: 'VIDEO',
        status: 'CALLING',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    });
  });

  test('messages are English when English is asked for', async () => {
    const { body } = await post(
      '/call/initiate',
      ann,
      { callerId: ann.id, calleeId: ben.id, callType: 'AUDIO' },
      { 'accept-language': 'en-GB,zh;q=0.5' },
    );
    expect(body.message).toBe('The call has begun');
  });

  test('while it rings the history shows it without an end', async () => {
    const callId = await ringing();
    expect(await statusOf(callId)).toMatchObject({ status: 'CALLING', duration: 0, endTime: null });
  });

  test('answered and hung up it is COMPLETED in both histories, and they are the same', async () => {
    const callId = await connected();
    expect(await statusOf(callId)).toMatchObject({ status: 'CONNECTED' });
    const { body } = await post('/call/hangup', ben, own(callId, ben));
    expect(body).toMatchObject({ code: 200, message: '通话已结束', data: { callId, duration: 0 } });
    const [mine] = await history(ann);
    const [theirs] = await history(ben);
    expect(mine).toMatchObject({ callId, status: 'COMPLETED' });
    expect(theirs).toEqual(mine);
  });

  test.each(['BUSY', 'DECLINED'])('rejected as %s it is REJECTED, with the reason', async (reason) => {
    const callId = await ringing();
    const { body } = await post('/call/reject', ben, { ...own(callId, ben), reason });
    expect(body).toEqual({ code: 200, message: '已拒绝', data: null });
    expect(await statusOf(callId)).toMatchObject({ status: 'REJECTED', reason, duration: 0 });
  });

  test('rejected without a reason it is declined', async () => {
    const callId = await ringing();
    await post('/call/reject', ben, own(callId, ben));
    expect(await statusOf(callId)).toMatchObject({ status: 'REJECTED', reason: 'DECLINED' });
  });

  test('rejected as NO_ANSWER it is MISSED', async () => {
    const callId = await ringing();
    await post('/call/reject', ben, { ...own(callId, ben), reason: 'NO_ANSWER' });
    expect(await statusOf(callId)).toMatchObject({ status: 'MISSED' });
  });

  test('hung up by its caller while it rings it is CANCELLED, and never connected', async () => {
    const callId = await ringing();
    const { body } = await post('/call/hangup', ann, own(callId, ann));
    expect(body.data).toEqual({ callId, duration: 0, endedAt: expect.stringMatching(/Z$/) });
    expect(await statusOf(callId)).toMatchObject({ status: 'CANCELLED' });
  });

  test('hung up by its callee while it rings it is REJECTED', async () => {
    const callId = await ringing();
    await post('/call/hangup', ben, own(callId, ben));
    expect(await statusOf(callId)).toMatchObject({ status: 'REJECTED', reason: 'DECLINED' });
  });

  test('that nobody answers is MISSED when the ringing ends', async () => {
    const callId = await ringing();
    const record = await waitFor(
      async () => (await statusOf(callId)).status === 'MISSED' && statusOf(callId),
      {
        reason: 'the ringing to end',
      },
    );
    expect(record).toMatchObject({ duration: 0, endTime: expect.stringMatching(/Z$/) });
    await connected();
  });
});

describe('busy', () => {
  test('answers 200 with the record, REJECTED and BUSY, and both histories have it', async () => {
    await connected();
    const { status, body } = await initiate(cid, ben);
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: 200, data: { calleeId: ben.id, status: 'REJECTED', reason: 'BUSY' } });
    const { callId } = body.data;
    for (const who of [cid, ben]) {
      const records = await history(who);
      expect(records.find((record: { callId: string }) => record.callId === callId)).toMatchObject({
        status: 'REJECTED',
        reason: 'BUSY',
      });
    }
    // The call they are in goes on, and the one who called is free.
    expect((await initiate(cid, await freePerson())).body.data.status).toBe('CALLING');
  });

  test('is somebody who is being called as well', async () => {
    await ringing();
    expect((await initiate(cid, ben)).body.data).toMatchObject({ status: 'REJECTED', reason: 'BUSY' });
  });
});

async function freePerson(): Promise<Person> {
  const person = await server.person(`${turn + 3}`);
  await server.befriend(ann, ben, cid, person);
  return person;
}

describe('glare and repeats', () => {
  test('calling whoever calls is a conflict with the live call’s id, the only error with data', async () => {
    const callId = await ringing(ann, ben);
    const { status, body } = await initiate(ben, ann);
    expect(status).toBe(409);
    expect(body).toEqual({ code: 409, message: '你正在通话中', data: { callId } });
  });

  test('so is calling the same person twice', async () => {
    const callId = await ringing(ann, ben);
    expect((await initiate(ann, ben)).body).toMatchObject({ code: 409, data: { callId } });
  });

  test('a repeated answer, rejection and hang-up answer 200 with the same data', async () => {
    const callId = await ringing();
    const first = await post('/call/answer', ben, own(callId, ben));
    expect(await post('/call/answer', ben, own(callId, ben))).toMatchObject({
      status: 200,
      body: first.body,
    });
    const over = await post('/call/hangup', ann, own(callId, ann));
    expect(await post('/call/hangup', ann, own(callId, ann))).toMatchObject({ status: 200, body: over.body });
    const other = await ringing();
    await post('/call/reject', ben, { ...own(other, ben), reason: 'BUSY' });
    const again = await post('/call/reject', ben, { ...own(other, ben), reason: 'BUSY' });
    expect(again).toMatchObject({ status: 200, body: { code: 200, message: '已拒绝', data: null } });
  });

  test.each([
    ['answered', '/call/answer'],
    ['rejected', '/call/reject'],
    ['hung up', '/call/hangup'],
  ])('a call that is over cannot be %s: 409 with the state in the message', async (_, path) => {
    const callId = await ringing();
    await post('/call/hangup', ann, own(callId, ann));
    const { status, body } = await post(path, ben, own(callId, ben));
    expect(status).toBe(409);
    expect(body).toEqual({ code: 409, message: expect.stringContaining('CANCELLED'), data: null });
    expect(await statusOf(callId)).toMatchObject({ status: 'CANCELLED' });
  });

  test('a second device of the same person is told that another answered', async () => {
    const callId = await ringing();
    const phone = await post('/call/answer', ben, own(callId, ben), { 'x-device-id': 'phone' });
    expect(phone.status).toBe(200);
    const tablet = await post('/call/answer', ben, own(callId, ben), { 'x-device-id': 'tablet' });
    expect(tablet.status).toBe(409);
    expect(tablet.body).toEqual({ code: 409, message: '已在其他设备接听：CONNECTED', data: null });
    expect((await post('/call/answer', ben, own(callId, ben), { 'x-device-id': 'phone' })).body).toEqual(
      phone.body,
    );
  });

  test('without X-Device-Id each token is a device', async () => {
    const callId = await ringing();
    expect((await post('/call/answer', ben, own(callId, ben))).status).toBe(200);
    const other = { ...ben, token: await server.tokenOf(ben.uid) };
    expect((await post('/call/answer', other, own(callId, ben))).status).toBe(409);
  });
});

describe('who may', () => {
  test('a user is itself: another callerId or userId is 403, known or not', async () => {
    const body = { callerId: ben.id, calleeId: ann.id, callType: 'AUDIO' };
    expect((await post('/call/initiate', ann, body)).body).toMatchObject({ code: 403, data: null });
    expect((await post('/call/initiate', ann, { ...body, callerId: 999_999 })).status).toBe(403);
    const callId = await ringing();
    for (const path of ['/call/answer', '/call/reject', '/call/hangup']) {
      expect((await post(path, ann, own(callId, ben))).status).toBe(403);
    }
    expect(
      (await api(server, 'GET', `${base}/call/history?userId=${ben.id}`, { token: ann.token })).status,
    ).toBe(403);
    expect(await statusOf(callId)).toMatchObject({ status: 'CALLING' });
  });

  test('somebody who is not in the call is 403', async () => {
    const callId = await ringing();
    for (const path of ['/call/answer', '/call/reject', '/call/hangup']) {
      expect((await post(path, cid, own(callId, cid))).body).toMatchObject({ code: 403, data: null });
    }
  });

  test('a caller does not answer its own call', async () => {
    const callId = await ringing();
    expect((await post('/call/answer', ann, own(callId, ann))).status).toBe(403);
  });

  test('strangers may not call each other, and a service may call for anyone', async () => {
    const stranger = await server.person(`${turn + 4}`);
    expect((await initiate(ann, stranger)).body).toEqual({
      code: 403,
      message: '互为联系人才能呼叫',
      data: null,
    });
    const body = { callerId: ann.id, calleeId: stranger.id, callType: 'AUDIO' };
    const begun = await api(server, 'POST', `${base}/call/initiate`, { token: server.service, body });
    expect(begun.body).toMatchObject({ code: 200, data: { callerId: ann.id, calleeId: stranger.id } });
  });

  test('people a service names are provisioned, by a user they are 404', async () => {
    const callee = turn + 500_000;
    expect(
      (await post('/call/initiate', ann, { callerId: ann.id, calleeId: callee, callType: 'AUDIO' })).body,
    ).toEqual({
      code: 404,
      message: '用户不存在',
      data: null,
    });
    const body = { callerId: callee + 1, calleeId: callee, callType: 'AUDIO' };
    const begun = await api(server, 'POST', `${base}/call/initiate`, { token: server.service, body });
    expect(begun.body.data).toMatchObject({ callerId: callee + 1, calleeId: callee, status: 'CALLING' });
    expect((await server.app.people.get(String(callee))).id).toBe(callee);
  });

  test('the WebRTC configuration without a token names no TURN server', async () => {
    const { status, body } = await api(server, 'GET', `${base}/config/webrtc`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ code: 200, message: 'success', data: { sdpSemantics: 'unified-plan' } });
    expect(JSON.stringify(body)).not.toContain('credential');
    expect((await api(server, 'GET', `${base}/config/webrtc`, { token: 'nonsense' })).status).toBe(401);
  });
});
