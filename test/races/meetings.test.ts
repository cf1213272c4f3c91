import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeEngine } from '../../src/adapters/engine/fake.ts';
import { onlineIn } from '../../src/core/meetings/index.ts';
import type { User } from '../../src/core/users/index.ts';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Each race is run this often, on each database, through two servers that share it and one engine. */
const ROUNDS = 8;

describe.each(backends())('races for meetings on %s', (backend) => {
  const engine = new FakeEngine();
  let database: FreshDatabase;
  let one: TestServer;
  let two: TestServer;
  let [ann, bob, cid]: [User, User, User] = [] as never;

  beforeAll(async () => {
    database = await freshDatabase(backend);
    one = await startTestServer({ databaseUrl: database.url }, { engine });
    two = await startTestServer({ databaseUrl: database.url }, { engine });
    const { people } = one.app;
    [ann, bob, cid] = [await people.put('ann', {}), await people.put('bob', {}), await people.put('cid', {})];
  });

  afterAll(async () => {
    await two?.close();
    await one?.close();
    await database?.[Symbol.asyncDispose]();
  });

  const as = (user: User) => ({
    principal: { kind: 'user', user, jti: 'j', expiresAt: 0 } as const,
    device: null,
  });
  const outcome = (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      () => 'ok',
      (error) => error.key ?? String(error),
    );
  async function meeting(maxParticipants = 10): Promise<number> {
    const { id } = await one.app.meetings.create(as(ann), { title: 'Weekly', maxParticipants });
    return id;
  }
  const join = ({ app }: TestServer, id: number, user: User) => outcome(app.meetings.join(as(user), id, {}));

  /** Its log has no gap; answers the types. */
  async function told(id: number): Promise<string[]> {
    const { read } = one.app.store;
    const found = await read.meetings.get(id);
    const events = await read.events.ofSubject(`meeting:${id}`, 0, 1000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(found?.version).toBe(events.length);
    return events.map(({ type }) => type);
  }

  it('one of two gets the last place', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await meeting(2);
      await join(one, id, ann);
      const outcomes = await Promise.all([join(one, id, bob), join(two, id, cid)]);
      expect(outcomes.sort()).toEqual(['meeting.full', 'ok']);
      await told(id);
    }
  });

  it('a meeting starts once and ends once, whatever happens beside', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await meeting();
      await Promise.all([join(one, id, bob), join(two, id, cid), two.app.meetings.start(as(ann), id)]);
      await join(one, id, ann);
      const ends = [one, two].map(({ app }) => app.meetings.end(as(ann), id));
      const beside = [
        one.app.meetings.leave(as(ann), id),
        two.app.meetings.removeParticipant(as(ann), id, bob.id),
        one.app.meetings.say(as(cid), id, 'bye'),
        two.app.meetings.expel(cid.id, 'banned'),
      ];
      await Promise.all([...ends, ...beside].map(outcome));
      const types = await told(id);
      expect(types.filter((type) => type === 'meeting.started')).toHaveLength(1);
      expect(types.filter((type) => type === 'meeting.ended')).toHaveLength(1);
      const found = await one.app.store.read.meetings.get(id);
      expect(found?.participants.filter(({ state }) => state === 'online')).toEqual([]);
    }
  });

  it('the host’s role has one place, however many leave at once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await meeting();
      const all = [ann, bob, cid];
      for (const user of all) await join(one, id, user);
      await Promise.all([
        one.app.meetings.leave(as(ann), id),
        two.app.meetings.leave(as(round % 2 === 0 ? bob : cid), id),
      ]);
      const found = await one.app.store.read.meetings.get(id);
      const online = found ? onlineIn(found) : [];
      expect(online.map(({ role }) => role)).toEqual(['host']);
      await told(id);
    }
  });

  it('nothing is said by somebody who was out before', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const id = await meeting();
      for (const user of [ann, bob]) await join(one, id, user);
      const [said] = await Promise.all([
        outcome(one.app.meetings.say(as(bob), id, 'hi')),
        two.app.meetings.removeParticipant(as(ann), id, bob.id),
      ]);
      const types = await told(id);
      const at = types.indexOf('meeting.message');
      expect(at !== -1).toBe(said === 'ok');
      if (at !== -1) expect(at).toBeLessThan(types.indexOf('meeting.removed'));
    }
  });
});
