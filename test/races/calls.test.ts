import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { api, type Person, startTestServer, type TestServer } from '../support/server.ts';

/** Each race is run this often, on each database, through two servers that share it. */
const ROUNDS = 100;

describe.each(backends())('races on %s', (backend) => {
  let database: FreshDatabase;
  let one: TestServer;
  let two: TestServer;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    database = await freshDatabase(backend);
    one = await startTestServer({ databaseUrl: database.url });
    two = await startTestServer({ databaseUrl: database.url });
    ann = await one.person('ann');
    bob = await one.person('bob');
    await one.befriend(ann, bob);
  });

  afterAll(async () => {
    await two?.close();
    await one?.close();
    await database?.[Symbol.asyncDispose]();
  });

  const post = (server: TestServer, person: Person, path: string, body: object, device = person.uid) =>
    api(server, 'POST', `/api/v1/rtc${path}`, {
      token: person.token,
      body,
      headers: { 'x-device-id': device, 'accept-language': 'en' },
    });

  const place = async (server: TestServer, from: Person, to: Person) =>
    post(server, from, '/call', { callerId: from.uid, calleeIds: [to.uid], type: 'audio' });

  /** Nobody is engaged, the log of the call has no gap, and the two histories tell the same. */
  async function settled(callId: string) {
    const { read } = one.app.store;
    const call = await read.calls.get(callId);
    expect(call?.endedAt, 'the call has ended').not.toBeNull();
    for (const person of [ann, bob]) {
      expect(await read.calls.liveOf(person.id), `${person.uid} is free`).toBeUndefined();
      const [newest] = await read.calls.history(person.id, {}, 1, 0);
      expect(newest?.id).toBe(callId);
    }
    const events = await read.events.ofSubject(callId, 0, 100);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
    return { call, types: events.map((event) => event.type) };
  }

  it('one of two devices wins, every time', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const placed = await place(one, ann, bob);
      const callId: string = placed.body.call.id;
      const body = { callId, userId: 'bob', answer: { type: 'answer', sdp: 'v=0' } };
      const answers = await Promise.all([
        post(one, bob, '/answer', body, 'phone'),
        post(two, bob, '/answer', body, 'laptop'),
      ]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      expect((await post(two, ann, '/hangup', { callId, userId: 'ann' })).status).toBe(200);
      const { types } = await settled(callId);
      expect(types.filter((type) => type === 'leg.joined')).toHaveLength(1);
      expect(types.filter((type) => type === 'call.connected')).toHaveLength(1);
    }
  });

  it('a cancel and an answer at once: one of them happened, and both sides know which', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const callId: string = (await place(one, ann, bob)).body.call.id;
      const [cancel, answer] = await Promise.all([
        post(one, ann, '/cancel', { callId, userId: 'ann' }),
        post(two, bob, '/answer', { callId, userId: 'bob', answer: { type: 'answer', sdp: 'v=0' } }),
      ]);
      expect([cancel.status, answer.status].sort()).toEqual([200, 409]);
      if (answer.status === 200) {
        expect(cancel.body.error.details.status).toBe('connected');
        expect((await post(one, bob, '/hangup', { callId, userId: 'bob' })).status).toBe(200);
      } else {
        expect(answer.body.error.details.status).toBe('cancelled');
      }
      const { call } = await settled(callId);
      expect(call?.state).toBe(answer.status === 200 ? 'ended' : 'cancelled');
    }
  });

  it('two who call each other at once are in one call', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const placed = await Promise.all([place(one, ann, bob), place(two, bob, ann)]);
      expect(placed.map((answer) => answer.status).sort(), JSON.stringify(placed.map((p) => p.body))).toEqual(
        [200, 409],
      );
      const won = placed.find((answer) => answer.status === 200);
      const lost = placed.find((answer) => answer.status === 409);
      const callId: string = won?.body.call.id;
      expect(lost?.body.error.details.callId).toBe(callId);
      const [winner, loser] = placed[0]?.status === 200 ? [ann, bob] : [bob, ann];
      const joined = await post(one, loser, '/answer', { callId, userId: loser.uid });
      expect(joined.status, 'the loser answers the live call').toBe(200);
      expect((await post(two, winner, '/hangup', { callId, userId: winner.uid })).status).toBe(200);
      await settled(callId);
    }
  });

  it('everybody calls everybody: nobody is ever in two calls, and all are free at the end', async () => {
    const people = await Promise.all(['cid', 'dee', 'eve', 'fay'].map((uid) => one.person(uid)));
    await one.befriend(...people);
    for (let round = 0; round < ROUNDS / 4; round++) {
      const attempts = people.flatMap((from, i) =>
        people.filter((to) => to !== from).map((to, j) => place((i + j) % 2 ? one : two, from, to)),
      );
      const placed = await Promise.all(attempts);
      const live = await Promise.all(people.map((person) => one.app.store.read.calls.liveOf(person.id)));
      for (const [i, call] of live.entries()) {
        if (call) expect(call.legs.some((leg) => leg.userId === people[i]?.id)).toBe(true);
      }
      for (const answer of placed) expect([200, 409]).toContain(answer.status);
      for (const [i, call] of live.entries()) {
        const person = people[i];
        if (call && person) await post(one, person, '/hangup', { callId: call.id, userId: person.uid });
      }
      for (const person of people) expect(await one.app.store.read.calls.liveOf(person.id)).toBeUndefined();
    }
  });
});
