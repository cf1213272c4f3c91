import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, type Person, startTestServer, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';
import { base, failure, friends, type Speaker, speaker } from './people.ts';

let server: TestServer;
let [ann, ben, cid]: [Speaker, Speaker, Speaker] = [] as never;

beforeAll(async () => {
  server = await startTestServer({ ringMs: 1500 });
});
afterAll(() => server.close());
beforeEach(async () => {
  const people = await friends(server, 3);
  [ann, ben, cid] = people.map((person) => speaker(server, person)) as [Speaker, Speaker, Speaker];
});

const begin = async (caller = ann, callees: readonly Person[] = [ben.person], rest = {}): Promise<string> =>
  (await caller.call(callees, rest)).body.call.id;
const offer = { type: 'offer', sdp: 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n' };
const answer = { type: 'answer', sdp: 'v=0\r\no=- 3 4 IN IP4 127.0.0.1\r\n' };
const told = async (callId: string) => (await ann.detail(callId)).status;

describe('a call of two through contract B', () => {
  test('calling, connected, ended: every status as it comes, in both histories', async () => {
    const callId = await begin();
    expect(await ann.detail(callId)).toEqual({
      id: callId,
      type: 'audio',
      callerId: ann.person.uid,
      callerName: ann.person.user.displayName,
      callerAvatar: null,
      calleeIds: [ben.person.uid],
      calleeInfo: [
        {
          userId: ben.person.uid,
          userName: ben.person.user.displayName,
          userAvatar: null,
          status: 'calling',
        },
      ],
      status: 'calling',
      duration: 0,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      media: { mode: 'p2p' },
    });
    const answered = await ben.answer(callId);
    expect(answered.body).toEqual({
      success: true,
      call: { id: callId, status: 'connected', connectedAt: expect.any(String) },
    });
    expect(await told(callId)).toBe('connected');
    const over = await ann.hangup(callId);
    expect(over.body).toEqual({
      success: true,
      call: { id: callId, status: 'ended', endedAt: expect.any(String), duration: 0 },
    });
    const [mine] = await ann.history();
    expect(mine).toMatchObject({ id: callId, status: 'ended', endedAt: over.body.call.endedAt });
    expect((await ben.history())[0]).toEqual(mine);
    expect(await ann.detail(callId)).not.toHaveProperty('media');
  });

  test.each([
    [{ reason: 'busy' }, 'busy'],
    [{ reason: 'declined' }, 'declined'],
    [{}, 'declined'],
  ])('rejected with %j the reason is %s', async (given, rejectReason) => {
    const callId = await begin();
    expect((await ben.reject(callId, given)).body).toEqual({ success: true });
    expect(await ann.detail(callId)).toMatchObject({
      status: 'rejected',
      rejectReason,
      calleeInfo: [{ status: 'rejected', rejectReason }],
    });
  });

  test('cancelled by its caller', async () => {
    const callId = await begin();
    expect((await ann.cancel(callId)).body).toEqual({ success: true });
    expect(await ann.detail(callId)).toMatchObject({
      status: 'cancelled',
      calleeInfo: [{ status: 'cancelled' }],
    });
  });

  test('hung up by its caller while it rings it is cancelled, by its callee rejected', async () => {
    const first = await begin();
    expect((await ann.hangup(first)).body.call).toMatchObject({ id: first, duration: 0 });
    expect(await told(first)).toBe('cancelled');
    const second = await begin();
    await ben.hangup(second);
    expect(await told(second)).toBe('rejected');
  });

  test('nobody answers: missed when the ringing ends', async () => {
    const callId = await begin();
    await waitFor(async () => (await told(callId)) === 'missed', { reason: 'the ringing to end' });
    expect(await ann.detail(callId)).toMatchObject({ duration: 0, calleeInfo: [{ status: 'missed' }] });
    expect((await ben.get(`/active/${ben.person.uid}`)).body).toEqual({ hasActiveCall: false });
  });

  test('only the caller cancels, and only before an answer', async () => {
    const callId = await begin();
    expect(await ben.cancel(callId)).toMatchObject({
      status: 403,
      body: failure('forbidden', expect.anything()),
    });
    expect(await told(callId)).toBe('calling');
    await ben.answer(callId);
    expect(await ann.cancel(callId)).toMatchObject({
      status: 409,
      body: failure('conflict', { status: 'connected' }),
    });
  });

  test('an answer is needed to an offer, and only then', async () => {
    const callId = await begin(ann, [ben.person], { offer });
    const without = await ben.answer(callId);
    expect([without.status, without.body]).toEqual([400, failure('invalid', { field: 'answer' })]);
    // Who may not answer at all hears that first.
    expect((await cid.answer(callId)).status).toBe(403);
    expect((await ben.answer(callId, { answer })).body).toMatchObject({ success: true });
    // A repeat needs nothing: it took effect before.
    expect((await ben.answer(callId)).status).toBe(200);
  });

  test('people are named by uid or by decimal id, and answered by uid', async () => {
    const { body } = await ann.post('/call', {
      callerId: String(ann.person.id),
      calleeIds: [String(ben.person.id)],
      type: 'audio',
    });
    expect(body.call).toMatchObject({ callerId: ann.person.uid, calleeIds: [ben.person.uid] });
    const accepted = await ben.post('/answer', { callId: body.call.id, userId: String(ben.person.id) });
    expect(accepted.status).toBe(200);
  });

  test('doubles in a list are dropped', async () => {
    const { body } = await ann.call([ben.person, ben.person, cid.person, ben.person]);
    expect(body.call.calleeIds).toEqual([ben.person.uid, cid.person.uid]);
    const other = await cid.post('/call', {
      callerId: cid.person.uid,
      calleeIds: [ben.person.uid, String(ben.person.id)],
      type: 'audio',
    });
    expect(other.status).toBe(409);
  });
});

describe('busy, glare, repeats and conflicts', () => {
  test('busy is success with the call rejected, and in both histories', async () => {
    await ben.answer(await begin());
    const { status, body } = await cid.call([ben.person]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, call: { status: 'rejected', rejectReason: 'busy' } });
    for (const who of [cid, ben]) {
      const line = (await who.history()).find((one: { id: string }) => one.id === body.call.id);
      expect(line).toMatchObject({ status: 'rejected', rejectReason: 'busy', duration: 0 });
    }
    expect((await cid.detail(body.call.id)).calleeInfo).toMatchObject([
      { status: 'rejected', rejectReason: 'busy' },
    ]);
  });

  test('glare and a repeated call are conflicts with the live call’s id', async () => {
    const callId = await begin();
    for (const again of [
      await ben.call([ann.person]),
      await ann.call([ben.person]),
      await ann.call([cid.person]),
    ]) {
      expect([again.status, again.body]).toEqual([409, failure('conflict', { callId })]);
    }
    expect((await cid.get(`/active/${cid.person.uid}`)).body).toEqual({ hasActiveCall: false });
  });

  test('a repeat answers 200 with the same data', async () => {
    const callId = await begin();
    const first = await ben.answer(callId);
    expect((await ben.answer(callId)).body).toEqual(first.body);
    const over = await ann.hangup(callId);
    expect(await ann.hangup(callId)).toMatchObject({ status: 200, body: over.body });
    const second = await begin();
    await ben.reject(second, { reason: 'busy' });
    expect(await ben.reject(second, { reason: 'busy' })).toMatchObject({
      status: 200,
      body: { success: true },
    });
    const third = await begin();
    await ann.cancel(third);
    expect(await ann.cancel(third)).toMatchObject({ status: 200, body: { success: true } });
  });

  test('what a call can no longer take is a conflict with its status, and nothing changes', async () => {
    const callId = await begin();
    await ann.cancel(callId);
    const before = await ann.detail(callId);
    for (const late of [await ben.answer(callId), await ben.reject(callId), await ben.hangup(callId)]) {
      expect([late.status, late.body]).toEqual([409, failure('conflict', { status: 'cancelled' })]);
    }
    expect(await ann.detail(callId)).toEqual(before);
  });

  test('a second device of the same person loses', async () => {
    const callId = await begin();
    const phone = speaker(server, ben.person, { 'x-device-id': 'phone' });
    const tablet = speaker(server, ben.person, { 'x-device-id': 'tablet' });
    expect((await phone.answer(callId)).status).toBe(200);
    const late = await tablet.answer(callId);
    expect([late.status, late.body]).toEqual([409, failure('conflict', { status: 'connected' })]);
  });
});

describe('who may', () => {
  test('a user is itself in every request', async () => {
    const callId = await begin();
    for (const path of ['/answer', '/reject', '/hangup', '/cancel', '/join', '/leave']) {
      const { status, body } = await cid.post(path, { callId, userId: ben.person.uid });
      expect([path, status, body]).toEqual([path, 403, failure('forbidden')]);
    }
    expect(
      (await cid.post('/call', { callerId: ann.person.uid, calleeIds: [ben.person.uid], type: 'audio' }))
        .status,
    ).toBe(403);
    expect(
      (await cid.post('/call', { callerId: 'nobody-at-all', calleeIds: [ben.person.uid], type: 'audio' }))
        .status,
    ).toBe(403);
    expect((await cid.get(`/calls/${ann.person.uid}`)).status).toBe(403);
    expect((await cid.get(`/active/${ann.person.uid}`)).status).toBe(403);
    expect((await cid.get(`/call/${callId}`)).status).toBe(403);
  });

  test('a service acts for anyone and reads everything', async () => {
    const host = speaker(server, { ...ann.person, token: server.service });
    const callId = await begin(host);
    expect((await host.post('/answer', { callId, userId: ben.person.uid })).status).toBe(200);
    expect((await host.get(`/calls/${ben.person.uid}`)).body[0].id).toBe(callId);
    expect((await host.get(`/active/${ben.person.uid}`)).body.hasActiveCall).toBe(true);
    expect(await host.detail(callId)).toMatchObject({ status: 'connected' });
    expect(await host.detail(callId)).not.toHaveProperty('media');
  });

  test('strangers are 403, unknown people 404 for a user and provisioned for a service', async () => {
    const stranger = await server.person('somebody-else');
    expect((await ann.call([stranger])).body).toEqual(failure('forbidden'));
    const unknown = await ann.post('/call', {
      callerId: ann.person.uid,
      calleeIds: ['never-heard-of'],
      type: 'audio',
    });
    expect([unknown.status, unknown.body]).toEqual([404, failure('not_found', { uid: 'never-heard-of' })]);
    expect(await ann.history()).toEqual([]);
    const body = { callerId: 'host.one', calleeIds: ['host.two', '70007'], type: 'audio' };
    const begun = await api(server, 'POST', `${base}/call`, { token: server.service, body });
    expect(begun.body.call).toMatchObject({ callerId: 'host.one', calleeIds: ['host.two', '70007'] });
    expect((await server.app.people.get('70007')).id).toBe(70_007);
  });
});

describe('one state behind A and B', () => {
  test('a call begun by A is answered by B and shows in both histories in their words', async () => {
    const { body } = await ann.post('/call/initiate', {
      callerId: ann.person.id,
      calleeId: ben.person.id,
      callType: 'VIDEO',
    });
    const { callId } = body.data;
    expect((await ben.answer(callId)).body.call).toMatchObject({ status: 'connected' });
    const over = await ann.post('/call/hangup', { callId, userId: ann.person.id });
    expect(over.body).toMatchObject({ code: 200, data: { callId } });
    const page = (await ann.get(`/call/history?userId=${ann.person.id}`)).body.data;
    expect(page.records[0]).toMatchObject({ callId, callType: 'VIDEO', status: 'COMPLETED' });
    expect((await ben.history())[0]).toMatchObject({ id: callId, type: 'video', status: 'ended' });
  });

  test('a call begun by B is rejected by A', async () => {
    const callId = await begin();
    const rejected = await ben.post('/call/reject', { callId, userId: ben.person.id, reason: 'BUSY' });
    expect(rejected.body).toMatchObject({ code: 200 });
    expect(await ann.detail(callId)).toMatchObject({ status: 'rejected', rejectReason: 'busy' });
  });

  test('a group call shows in A’s history with its first callee', async () => {
    const callId = await begin(ann, [ben.person, cid.person]);
    const page = (await cid.get(`/call/history?userId=${cid.person.id}`)).body.data;
    expect(page.records[0]).toMatchObject({ callId, callerId: ann.person.id, calleeId: ben.person.id });
  });
});
