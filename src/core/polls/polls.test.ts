import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from '../meetings/meetings.fixture.ts';
import type { User } from '../users/user.ts';
import type { PollAsk } from './clean.ts';
import { Polls } from './polls.ts';

let world: MeetingsWorld;
let polls: Polls;
let failures: unknown[];
let [ann, bob, cat]: [User, User, User] = [] as never;
let id: number;
beforeEach(async () => {
  world = await meetingsWorld();
  failures = [];
  const failed = (_: string, error: unknown) => void failures.push(error);
  polls = new Polls({ store: world.store, bus: world.bus, clock: world.clock, failed });
  [ann, bob, cat] = [await world.person('ann'), await world.person('bob'), await world.person('cat')];
  id = await world.begun(ann);
  await world.join(id, bob);
  await world.socket(id, bob);
});
afterEach(async () => {
  expect(failures).toEqual([]);
  await world.close();
});

const ASK: PollAsk = { question: 'When?', options: ['Mon', 'Tue', 'Wed'] };
const PAGE = { limit: 20, offset: 0 };
const draft = async (ask: Partial<PollAsk> = {}): Promise<number> =>
  (await polls.create(as(ann), id, { ...ASK, ...ask })).poll.id;
async function asked(ask: Partial<PollAsk> = {}): Promise<number> {
  const poll = await draft(ask);
  await polls.open(as(ann), id, poll);
  return poll;
}
const vote = (user: User, poll: number, ...options: number[]) => polls.vote(as(user), id, poll, options);
const counts = async (poll: number) => (await world.store.read.polls.byId(poll))?.counts;
/** The different ways in which these end. */
const outcomes = async (...asked: Promise<unknown>[]) => [...new Set(await Promise.all(asked.map(outcome)))];
/** What was told of polls, in order. */
const told = async () => (await world.events(id)).filter(({ type }) => type.includes('poll'));

describe('a draft', () => {
  it('is made with its usual ways, and changed as long as nobody was asked', async () => {
    const { poll } = await polls.create(as(ann), id, { question: ' When? ', options: [' Mon', 'Tue '] });
    expect(poll).toMatchObject({
      question: 'When?',
      options: ['Mon', 'Tue'],
      multiple: false,
      anonymous: false,
      results: 'live',
      status: 'draft',
      counts: [0, 0],
      creatorId: ann.id,
    });
    const changed = await polls.update(as(ann), id, poll.id, { options: ['a', 'b', 'c'], anonymous: true });
    expect(changed.poll).toMatchObject({ question: 'When?', options: ['a', 'b', 'c'], counts: [0, 0, 0] });
    expect(changed.poll).toMatchObject({ anonymous: true, multiple: false });
    await polls.open(as(ann), id, poll.id);
    expect(await outcome(polls.update(as(ann), id, poll.id, { question: 'Where?' }))).toBe('poll.not_draft');
    expect(await told()).toHaveLength(1);
  });

  it.each<[string, Partial<PollAsk>]>([
    ['question', { question: ' ' }],
    ['question', { question: 'x'.repeat(301) }],
    ['question', { question: 'a\0b' }],
    ['options', { options: ['one'] }],
    ['options', { options: Array.from({ length: 11 }, (_, i) => `${i}`) }],
    ['options', { options: ['same', 'same '] }],
    ['options', { options: ['one', ''] }],
    ['options', { options: ['one', 'x'.repeat(121)] }],
  ])('is refused for its %s, and changes nothing: %o', async (field, bad) => {
    await expect(polls.create(as(ann), id, { ...ASK, ...bad })).rejects.toMatchObject({ details: { field } });
    const poll = await draft();
    await expect(polls.update(as(ann), id, poll, bad)).rejects.toMatchObject({ details: { field } });
    expect((await polls.list(as(ann), id, PAGE)).polls.map(({ poll: one }) => one.question)).toEqual([
      'When?',
    ]);
  });

  it('is nothing to those who may not open it, and cannot be answered', async () => {
    const poll = await draft();
    expect((await polls.list(as(bob), id, PAGE)).total).toBe(0);
    expect(await outcomes(polls.get(as(bob), id, poll), vote(bob, poll, 0))).toEqual(['poll.unknown']);
    expect(await outcome(vote(ann, poll, 0))).toBe('poll.not_open');
    expect(await outcome(polls.close(as(ann), id, poll))).toBe('poll.not_open');
    await polls.remove(as(ann), id, poll);
    expect(await outcome(polls.get(as(ann), id, poll))).toBe('poll.unknown');
    expect(await told()).toEqual([]);
  });
});

describe('who may', () => {
  it('make and close: host, moderators, administrators and services', async () => {
    const admin = await world.person('admin', 'admin');
    expect(await outcome(polls.create(as(bob), id, ASK))).toBe('meeting.not_allowed');
    expect(await outcome(polls.create(as(cat), id, ASK))).toBe('meeting.not_in');
    await world.meetings.setRole(as(ann), id, 'bob', 'moderator');
    for (const asker of [as(bob), as(admin), service]) {
      const { poll } = await polls.create(asker, id, ASK);
      await polls.open(asker, id, poll.id);
      expect((await polls.close(asker, id, poll.id)).poll.status).toBe('closed');
    }
    const poll = await asked();
    await world.meetings.setRole(as(ann), id, 'bob', 'participant');
    expect(
      await outcomes(
        polls.open(as(bob), id, poll),
        polls.close(as(bob), id, poll),
        polls.remove(as(bob), id, poll),
        polls.votes(as(bob), id, poll, PAGE),
        polls.update(as(bob), id, poll, {}),
      ),
    ).toEqual(['meeting.not_allowed']);
  });

  it('vote: whoever is in it now; read: whoever has been in it', async () => {
    const poll = await asked();
    expect(await outcome(vote(cat, poll, 0))).toBe('meeting.not_in');
    expect(await outcome(polls.get(as(cat), id, poll))).toBe('meeting.not_in');
    expect(await outcome(polls.vote(service, id, poll, [0]))).toBe('auth.forbidden');
    await vote(bob, poll, 1);
    await world.meetings.leave(as(bob), id);
    expect(await outcome(vote(bob, poll, 0))).toBe('meeting.not_in');
    expect(await polls.get(as(bob), id, poll)).toMatchObject({ voted: true, vote: [1] });
    await world.meetings.removeParticipant(as(ann), id, 'bob');
    expect(await outcome(polls.list(as(bob), id, PAGE))).toBe('meeting.not_in');
  });

  it('nothing by another meeting’s number', async () => {
    const poll = await asked();
    const another = await world.begun(ann);
    expect(
      await outcomes(
        polls.get(as(ann), another, poll),
        polls.close(as(ann), another, poll),
        polls.remove(as(ann), another, poll),
        polls.vote(as(ann), another, poll, [0]),
        polls.votes(as(ann), another, poll, PAGE),
      ),
    ).toEqual(['poll.unknown']);
    expect(await outcome(polls.get(as(ann), 4711, poll))).toBe('meeting.unknown');
  });
});

describe('votes', () => {
  it('are counted, and another answer takes the place of the one before', async () => {
    const poll = await asked({ multiple: true });
    expect(await vote(bob, poll, 2, 0)).toMatchObject({ voted: true, vote: [0, 2] });
    await vote(ann, poll, 0);
    expect(await counts(poll)).toEqual([2, 0, 1]);
    await vote(bob, poll, 1);
    await vote(bob, poll, 1);
    const { poll: now, vote: own } = await polls.get(as(bob), id, poll);
    expect([now.counts, now.voters, own]).toEqual([[1, 1, 0], 2, [1]]);
    expect(await polls.votes(as(ann), id, poll, PAGE)).toEqual({
      votes: [
        { pollId: poll, userId: ann.id, options: [0] },
        { pollId: poll, userId: bob.id, options: [1] },
      ],
      total: 2,
    });
  });

  it.each([[[]], [[0, 1]], [[3]], [[-1]], [[0.5]], [[1, 1]]])(
    'of one answer cannot be %o',
    async (options) => {
      const poll = await asked();
      await expect(vote(bob, poll, ...options)).rejects.toMatchObject({ details: { field: 'options' } });
      expect(await counts(poll)).toEqual([0, 0, 0]);
    },
  );

  it('that are anonymous are counted and nowhere else, and are final', async () => {
    const poll = await asked({ anonymous: true });
    expect(await vote(bob, poll, 1)).toMatchObject({ voted: true, vote: null });
    expect(await outcome(vote(bob, poll, 1))).toBe('poll.voted');
    expect(await outcome(vote(bob, poll, 2))).toBe('poll.voted');
    expect(await counts(poll)).toEqual([0, 1, 0]);
    expect(await outcome(polls.votes(as(ann), id, poll, PAGE))).toBe('poll.anonymous');
    expect(await world.store.read.polls.votes(poll, PAGE)).toEqual([
      { pollId: poll, userId: bob.id, options: null },
    ]);
  });
});

describe('what everybody is told', () => {
  it('of a poll: that it is open, how it stands, how it ended', async () => {
    const poll = await asked();
    world.clock.turn(2000);
    await vote(bob, poll, 1);
    await polls.close(as(ann), id, poll);
    expect((await told()).map(({ type }) => type)).toEqual([
      'meeting.poll_opened',
      'meeting.poll_updated',
      'meeting.poll_closed',
    ]);
    const [opened, updated, closed] = (await told()).map(({ data }) => data);
    expect(opened).toMatchObject({ meeting_id: id, poll_id: poll, ...ASK, status: 'open', voters: 0 });
    expect(opened).toMatchObject({ votes: [0, 0, 0], by: ann.id });
    expect(updated).toEqual({ meeting_id: id, poll_id: poll, voters: 1, votes: [0, 1, 0] });
    expect(closed).toMatchObject({ status: 'closed', voters: 1, votes: [0, 1, 0] });
    await polls.remove(as(ann), id, poll);
    expect((await told()).at(-1)).toMatchObject({ type: 'meeting.poll_removed', data: { poll_id: poll } });
  });

  it('of counts: once a second, and the last of them always', async () => {
    const poll = await asked({ multiple: true });
    const updates = async () =>
      (await told()).filter(({ type }) => type === 'meeting.poll_updated').map(({ data }) => data.votes);
    await vote(bob, poll, 0);
    await vote(bob, poll, 1);
    expect(await polls.sweep()).toBe(0);
    world.clock.turn(1000);
    expect(await polls.sweep()).toBe(1);
    expect(await updates()).toEqual([[0, 1, 0]]);
    world.clock.turn(999);
    await vote(bob, poll, 2);
    await vote(ann, poll, 2);
    expect(await polls.sweep()).toBe(0);
    world.clock.turn(1);
    // Two nodes at once: one of them tells.
    const [one, two] = await Promise.all([polls.sweep(), polls.sweep()]);
    expect(one + two).toBe(1);
    expect(await updates()).toEqual([
      [0, 1, 0],
      [0, 0, 2],
    ]);
    world.clock.turn(5000);
    expect(await polls.sweep()).toBe(0);
    // After a quiet while at once.
    await vote(ann, poll, 0);
    expect((await updates()).at(-1)).toEqual([1, 0, 1]);
    await vote(ann, poll, 1);
    await polls.close(as(ann), id, poll);
    world.clock.turn(5000);
    expect(await polls.sweep()).toBe(0);
    expect((await told()).at(-1)?.data.votes).toEqual([0, 1, 1]);
  });

  it('of hidden results: how many have voted, until it is closed', async () => {
    const poll = await asked({ results: 'closed' });
    world.clock.turn(2000);
    await vote(bob, poll, 1);
    expect((await told()).map(({ data }) => data.votes)).toEqual([null, null]);
    expect((await told()).map(({ data }) => data.voters)).toEqual([0, 1]);
    await polls.close(as(ann), id, poll);
    expect((await told()).at(-1)?.data).toMatchObject({ votes: [0, 1, 0], voters: 1 });
  });

  it('who comes in late: what is open, with what they have said', async () => {
    const [one, two] = [await asked(), await asked({ anonymous: true })];
    await draft();
    await vote(bob, one, 2);
    await vote(bob, two, 1);
    expect(await polls.current(as(bob), id)).toMatchObject([
      { poll: { id: one }, voted: true, vote: [2] },
      { poll: { id: two }, voted: true, vote: null },
    ]);
    expect(await polls.current(as(cat), id)).toMatchObject([{ voted: false }, { voted: false }]);
  });
});

describe('opening and closing', () => {
  it('once more answers the same and tells nothing; what is closed stays closed', async () => {
    const poll = await asked();
    expect((await polls.open(as(ann), id, poll)).poll.status).toBe('open');
    await polls.close(as(ann), id, poll);
    expect((await polls.close(as(ann), id, poll)).poll.status).toBe('closed');
    expect(await told()).toHaveLength(2);
    expect(await outcome(polls.open(as(ann), id, poll))).toBe('poll.closed');
    expect(await outcome(vote(bob, poll, 0))).toBe('poll.closed');
  });

  it('waits for the meeting to begin, and so many are open at most', async () => {
    const planned = await world.create(ann);
    const { poll } = await polls.create(as(ann), planned, ASK);
    expect(await outcome(polls.open(as(ann), planned, poll.id))).toBe('meeting.not_started');
    for (let i = 0; i < 10; i++) await asked();
    const last = await draft();
    expect(await outcome(polls.open(as(ann), id, last))).toBe('poll.many_open');
  });

  it('is no more once the meeting is over: what was open is closed, and read by who was there', async () => {
    const [open, still] = [await asked({ results: 'closed' }), await draft()];
    await vote(bob, open, 1);
    world.clock.turn(500);
    await world.meetings.end(as(ann), id);
    expect(
      await outcomes(
        polls.create(as(ann), id, ASK),
        polls.update(as(ann), id, still, {}),
        polls.open(as(ann), id, still),
        polls.close(as(ann), id, open),
        polls.remove(as(ann), id, open),
        vote(bob, open, 0),
      ),
    ).toEqual(['meeting.over']);
    const { polls: past } = await polls.list(as(bob), id, PAGE);
    expect(past).toMatchObject([{ poll: { id: open, status: 'closed', counts: [0, 1, 0] }, vote: [1] }]);
    expect(past[0]?.poll.closedAt).toBe((await world.get(id)).endedAt);
    // What was due is told no more, and looked for no more.
    world.clock.turn(1000);
    expect(await polls.sweep()).toBe(0);
    expect(await world.store.read.polls.due(world.clock.now(), 10)).toEqual([]);
    expect(await told()).toHaveLength(1);
    await world.meetings.remove(as(ann), id);
    expect(await world.store.read.polls.byId(open)).toBeUndefined();
  });
});
