import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { api, startTestServer, type TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';
import { base, failure, friends, type Speaker, speaker } from './people.ts';

let server: TestServer;
let [ann, ben, cid, dan]: [Speaker, Speaker, Speaker, Speaker] = [] as never;

beforeAll(async () => {
  server = await startTestServer({ ringMs: 1500 });
});
afterAll(() => server.close());
beforeEach(async () => {
  const people = await friends(server, 4);
  [ann, ben, cid, dan] = people.map((person) => speaker(server, person)) as typeof people extends never
    ? never
    : [Speaker, Speaker, Speaker, Speaker];
});

const begin = async (...callees: Speaker[]): Promise<string> =>
  (await ann.call(callees.map((callee) => callee.person))).body.call.id;
const standing = async (callId: string) => {
  const { status, calleeInfo } = await ann.detail(callId);
  return [status, ...calleeInfo.map((callee: { status: string }) => callee.status)];
};

describe('a group call', () => {
  test('is connected by the first answer, and each callee keeps its own status', async () => {
    const callId = await begin(ben, cid, dan);
    expect(await standing(callId)).toEqual(['calling', 'calling', 'calling', 'calling']);
    await ben.answer(callId);
    expect(await standing(callId)).toEqual(['connected', 'connected', 'calling', 'calling']);
    await cid.reject(callId, { reason: 'declined' });
    expect(await standing(callId)).toEqual(['connected', 'connected', 'rejected', 'calling']);
    expect((await dan.answer(callId)).body.call.status).toBe('connected');
    expect(await standing(callId)).toEqual(['connected', 'connected', 'rejected', 'connected']);
  });

  test('goes on while two remain: a hang-up is the asker’s own leaving', async () => {
    const callId = await begin(ben, cid);
    await ben.answer(callId);
    await cid.answer(callId);
    const left = await ann.hangup(callId);
    expect(left.body.call).toMatchObject({ id: callId, status: 'ended', duration: expect.any(Number) });
    expect(await standing(callId)).toEqual(['connected', 'connected', 'connected']);
    expect((await ann.hangup(callId)).body).toEqual(left.body);
    expect((await ben.leave(callId)).body).toEqual({ success: true });
    expect(await standing(callId)).toEqual(['ended', 'ended', 'ended']);
    expect((await ann.get(`/active/${ann.person.uid}`)).body).toEqual({ hasActiveCall: false });
  });

  test('one callee busy: only that part is refused', async () => {
    await cid.call([dan.person]);
    const { body } = await ann.call([ben.person, cid.person]);
    expect(body).toMatchObject({ success: true, call: { status: 'calling' } });
    expect((await ann.detail(body.call.id)).calleeInfo).toMatchObject([
      { status: 'calling' },
      { status: 'rejected', rejectReason: 'busy' },
    ]);
  });

  test('that nobody answered is cancelled by its caller', async () => {
    const callId = await begin(ben, cid);
    await ann.cancel(callId);
    expect(await standing(callId)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  test('that nobody answered is missed if anybody missed it', async () => {
    const callId = await begin(ben, cid);
    await ben.reject(callId);
    await waitFor(async () => (await standing(callId))[0] === 'missed', { reason: 'the ringing to end' });
    expect(await standing(callId)).toEqual(['missed', 'rejected', 'missed']);
  });

  test('that everybody refused is rejected', async () => {
    const callId = await begin(ben, cid);
    await ben.reject(callId);
    await cid.reject(callId, { reason: 'busy' });
    expect(await ann.detail(callId)).toMatchObject({ status: 'rejected', rejectReason: 'declined' });
  });
});

describe('inviting, joining, leaving', () => {
  test('a call of two grows: the invited come in, the busy do not', async () => {
    const callId = await begin(ben);
    await ben.answer(callId);
    const [eve, fay] = (await friends(server, 2)).map((person) => speaker(server, person)) as [
      Speaker,
      Speaker,
    ];
    await server.befriend(ben.person, eve.person, fay.person);
    await eve.call([fay.person]);
    const inviteeIds = [cid.person.uid, cid.person.uid, eve.person.uid, ann.person.uid];
    await server.befriend(ben.person, ann.person);
    const invited = await ben.post('/invite', { callId, inviterId: ben.person.uid, inviteeIds });
    expect(invited.body).toEqual({ success: true, invited: [cid.person.uid, ann.person.uid] });
    expect((await ann.detail(callId)).calleeIds).toEqual([ben.person.uid, cid.person.uid, eve.person.uid]);
    expect(await standing(callId)).toEqual(['connected', 'connected', 'calling', 'rejected']);
    const again = await ben.post('/invite', {
      callId,
      inviterId: ben.person.uid,
      inviteeIds: [cid.person.uid],
    });
    expect(again.body).toEqual({ success: true, invited: [cid.person.uid] });
    const joined = await cid.join(callId);
    expect(joined.body).toEqual({
      success: true,
      call: { id: callId, participants: [ann.person.uid, ben.person.uid, cid.person.uid] },
      media: { mode: 'p2p' },
    });
    expect(await cid.join(callId)).toMatchObject({ status: 200, body: joined.body });
  });

  test('who left may come back, who was never asked may not come', async () => {
    const callId = await begin(ben, cid);
    await ben.answer(callId);
    await cid.answer(callId);
    await cid.leave(callId);
    expect((await cid.leave(callId)).body).toEqual({ success: true });
    expect((await cid.join(callId)).status).toBe(200);
    const refused = await dan.join(callId);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
  });

  test('only somebody who is in the call invites', async () => {
    const callId = await begin(ben);
    const pending = await ben.post('/invite', {
      callId,
      inviterId: ben.person.uid,
      inviteeIds: [cid.person.uid],
    });
    expect(pending.status).toBe(403);
    const stranger = await dan.post('/invite', {
      callId,
      inviterId: dan.person.uid,
      inviteeIds: [cid.person.uid],
    });
    // Somebody outside is told nothing of the call: neither how it stands nor whose it is.
    expect([stranger.status, stranger.body.error.details]).toEqual([403, { callId }]);
    const joining = await dan.join(callId);
    expect([joining.status, joining.body.error.details]).toEqual([403, { callId }]);
    expect((await ann.detail(callId)).calleeIds).toEqual([ben.person.uid]);
  });

  test('inviting nobody or oneself is 400 with the field named', async () => {
    const callId = await begin(ben);
    for (const inviteeIds of [[], [ann.person.uid], [String(ann.person.id)]]) {
      const { status, body } = await ann.post('/invite', { callId, inviterId: ann.person.uid, inviteeIds });
      expect([status, body]).toEqual([400, failure('invalid', { field: 'inviteeIds' })]);
    }
  });

  test('a mesh holds six people: more are a conflict of code `limit`', async () => {
    const people = await friends(server, 7);
    const [host, ...others] = people.map((person) => speaker(server, person)) as [Speaker, ...Speaker[]];
    const tooMany = await host.call(others.map((other) => other.person));
    expect([tooMany.status, tooMany.body.error.code]).toEqual([409, 'limit']);
    const five = others.slice(0, 5);
    const { body } = await host.call(five.map((other) => other.person));
    const callId = body.call.id;
    const more = await host.post('/invite', {
      callId,
      inviterId: host.person.uid,
      inviteeIds: [others[5]?.person.uid],
    });
    expect([more.status, more.body.error.code]).toEqual([409, 'limit']);
  });
});

describe('groups', () => {
  const makeGroup = (groupId: string, members: Speaker[]) =>
    api(server, 'PUT', `/api/v1/host/groups/${groupId}`, {
      token: server.service,
      body: { name: 'team', members: members.map((member) => member.person.uid) },
    });

  test('a group Parley knows admits its members only', async () => {
    const groupId = `group-of-${ann.person.uid}`;
    expect((await makeGroup(groupId, [ann, ben, cid])).status).toBeLessThan(300);
    const outside = await ann.call([ben.person, dan.person], { groupId });
    expect([outside.status, outside.body.error.code]).toEqual([403, 'forbidden']);
    const { body } = await ann.call([ben.person], { groupId });
    expect(body.call).toMatchObject({ status: 'calling', groupId });
    await ben.answer(body.call.id);
    // A member comes in uninvited, somebody else does not.
    expect((await cid.join(body.call.id)).status).toBe(200);
    expect((await dan.join(body.call.id)).status).toBe(403);
    expect(await ann.detail(body.call.id)).toMatchObject({ groupId });
  });

  test('one it does not know is a label that grants nothing', async () => {
    const { body } = await ann.call([ben.person], { groupId: 'whatever: 随便' });
    expect(body.call.groupId).toBe('whatever: 随便');
    await ben.answer(body.call.id);
    expect((await cid.join(body.call.id)).status).toBe(403);
    const stranger = await server.person(`stranger-to-${ann.person.uid}`);
    await ann.hangup(body.call.id);
    expect((await ann.call([stranger], { groupId: 'whatever: 随便' })).status).toBe(403);
    expect((await ann.call([ben.person], { groupId: 'x'.repeat(65) })).body).toEqual(
      failure('invalid', { field: 'groupId' }),
    );
  });

  test('a service brings anybody in', async () => {
    const callId = await begin(ben);
    await ben.answer(callId);
    const { body } = await api(server, 'POST', `${base}/join`, {
      token: server.service,
      body: { callId, userId: dan.person.uid },
    });
    expect(body.call.participants).toEqual([ann.person.uid, ben.person.uid, dan.person.uid]);
  });
});
