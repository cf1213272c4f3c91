import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeEngine } from '../../src/adapters/engine/fake.ts';
import type { User } from '../../src/core/users/index.ts';
import { backends, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const VOTERS = 100;

describe.each(backends())('races for polls on %s', (backend) => {
  const engine = new FakeEngine();
  let database: FreshDatabase;
  let servers: TestServer[] = [];
  let voters: User[] = [];
  let host: User;
  let id: number;

  const as = (user: User) => ({
    principal: { kind: 'user', user, jti: 'j', expiresAt: 0 } as const,
    device: null,
  });
  const node = (i: number) => (servers[i % 2] as TestServer).app;

  beforeAll(async () => {
    database = await freshDatabase(backend);
    for (let i = 0; i < 2; i++) {
      servers.push(await startTestServer({ databaseUrl: database.url }, { engine }));
    }
    const { people, meetings } = node(0);
    host = await people.put('host', {});
    id = (await meetings.create(as(host), { title: 'Weekly', maxParticipants: 200 })).id;
    await meetings.join(as(host), id, {});
    for (let i = 0; i < VOTERS; i++) {
      const user = await people.put(`voter-${i}`, {});
      await meetings.join(as(user), id, {});
      voters.push(user);
    }
  });

  afterAll(async () => {
    for (const server of servers) await server.close();
    servers = [];
    voters = [];
    await database?.[Symbol.asyncDispose]();
  });

  const opened = async (ask: object = {}) => {
    const { poll } = await node(0).polls.create(as(host), id, {
      question: 'When?',
      options: ['a', 'b', 'c'],
      ...ask,
    });
    await node(0).polls.open(as(host), id, poll.id);
    return poll.id;
  };
  const stored = async (poll: number) => {
    const found = await node(0).store.read.polls.byId(poll);
    if (!found) throw new Error(`no poll ${poll}`);
    return found;
  };
  /** Of this poll, in order; the meeting's log has no gap. */
  const told = async (poll: number) => {
    const events = await node(0).store.read.events.ofSubject(`meeting:${id}`, 0, 10_000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    return events.filter(({ data }) => data.poll_id === poll);
  };

  it('of a hundred votes at once each counts once, and the last count is told', async () => {
    const poll = await opened();
    await Promise.all(voters.map((user, i) => node(i).polls.vote(as(user), id, poll, [i % 3])));
    // Each changes their mind, from the other node.
    await Promise.all(voters.map((user, i) => node(i + 1).polls.vote(as(user), id, poll, [0])));
    expect(await stored(poll)).toMatchObject({ counts: [VOTERS, 0, 0], voters: VOTERS });
    const last = await waitFor(
      async () => (await told(poll)).find(({ data }) => String(data.votes) === `${VOTERS},0,0`),
      { reason: 'the last count to be told' },
    );
    expect(last.type).toBe('meeting.poll_updated');
    expect((await stored(poll)).dueAt).toBeNull();
    expect((await told(poll)).length).toBeLessThan(VOTERS / 2);
  });

  it('of one person’s anonymous votes from two nodes one counts', async () => {
    const poll = await opened({ anonymous: true });
    const [one] = voters as [User];
    const both = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => node(i).polls.vote(as(one), id, poll, [i % 3])),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { counts, voters: voted } = await stored(poll);
    expect([counts.reduce((sum, count) => sum + count), voted]).toEqual([1, 1]);
  });

  it('what is counted before it is closed is in the result, and nothing after', async () => {
    const poll = await opened({ results: 'closed' });
    const votes = voters.slice(0, 40).map((user, i) =>
      node(i)
        .polls.vote(as(user), id, poll, [i % 3])
        .then(() => 1, keyOf),
    );
    const closes = [0, 1].map((i) => node(i).polls.close(as(host), id, poll));
    const outcomes = await Promise.all(votes);
    await Promise.all(closes);
    const counted = outcomes.filter((outcome) => outcome === 1).length;
    expect(outcomes.filter((outcome) => outcome !== 1 && outcome !== 'poll.closed')).toEqual([]);
    const { counts, voters: voted, status } = await stored(poll);
    expect([counts.reduce((sum, count) => sum + count), voted, status]).toEqual([counted, counted, 'closed']);
    const events = await told(poll);
    expect(events.filter(({ type }) => type === 'meeting.poll_closed')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({
      type: 'meeting.poll_closed',
      data: { voters: counted, votes: counts },
    });
  });
});

const keyOf = (error: { key?: string }): string => error.key ?? String(error);
