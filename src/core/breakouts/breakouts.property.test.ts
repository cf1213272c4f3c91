import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOver, onlineIn, participantOf } from '../meetings/meeting.ts';
import { as, type MeetingsWorld, meetingsWorld } from '../meetings/meetings.fixture.ts';
import { manages } from '../meetings/steps.ts';
import type { User } from '../users/user.ts';
import { Breakouts } from './breakouts.ts';

const PEOPLE = 6;
const ACTS = [
  'join',
  'leave',
  'open',
  'open free',
  'enter room',
  'leave room',
  'move',
  'move out',
  'tell',
  'help',
  'close',
  'close now',
  'add',
  'remove',
  'promote',
  'demote',
  'hand over',
  'sweep',
] as const;

const step = fc.record({
  act: fc.constantFrom(...ACTS),
  who: fc.nat(PEOPLE - 1),
  whom: fc.nat(PEOPLE - 1),
  room: fc.nat(2),
  wait: fc.constantFrom(0, 0, 1_000, 31_000, 61_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A world with one meeting, its people, and its breakout rooms. */
interface Scene {
  world: MeetingsWorld;
  breakouts: Breakouts;
  id: number;
  people: readonly User[];
}

/** One thing that somebody does; who may not is refused, and that is all. */
async function take({ world, breakouts, id, people }: Scene, { act, who, whom, room }: Step) {
  const [user, other] = [people[who], people[whom]];
  if (!user || !other) throw new Error('nobody');
  const asker = as(user);
  const rooms = await world.store.read.meetings.roomsOf(id);
  const chosen = rooms[room]?.id ?? id;
  switch (act) {
    case 'join':
      await world.join(id, user);
      return world.socket(id, user);
    case 'leave':
      return world.meetings.leave(asker, id);
    case 'open':
      return breakouts.open(asker, id, { rooms: [{ name: 'A' }, { name: 'B' }], assign: 'even', minutes: 1 });
    case 'open free':
      return breakouts.open(asker, id, {
        rooms: [{ name: 'A' }, { name: 'B' }, { name: 'C' }],
        assign: 'free',
      });
    case 'enter room':
      await world.join(chosen, user);
      return world.socket(chosen, user);
    case 'leave room':
      return world.meetings.leave(asker, chosen);
    case 'move':
      return breakouts.move(asker, id, other.uid, chosen);
    case 'move out':
      return breakouts.move(asker, id, other.uid, null);
    case 'tell':
      return breakouts.tell(asker, id, 'hi');
    case 'help':
      return breakouts.help(asker, id);
    case 'close':
      return breakouts.close(asker, id);
    case 'close now':
      return breakouts.close(asker, id, 0);
    case 'add':
      return world.meetings.add(asker, id, other.uid);
    case 'remove':
      return world.meetings.removeParticipant(asker, id, other.uid);
    case 'promote':
      return world.meetings.setRole(asker, id, other.uid, 'moderator');
    case 'demote':
      return world.meetings.setRole(asker, id, other.uid, 'participant');
    case 'hand over':
      return world.meetings.setRole(asker, id, other.uid, 'host');
    case 'sweep':
      return breakouts.sweep();
  }
}

const refused = (error: { code?: string }) => {
  if (!['gone', 'forbidden', 'conflict', 'not_found', 'invalid'].includes(error.code ?? '')) throw error;
};

/** Once the rooms have followed: they are their meeting's, and everybody has one place at most. */
async function check({ world, breakouts, id }: Scene): Promise<void> {
  await breakouts.sweep();
  const meeting = await world.get(id);
  const heads = await world.store.read.meetings.roomsOf(id);
  if (!meeting.round) return expect(heads).toEqual([]);
  const places = new Map<number, number>();
  for (const head of heads) {
    const room = await world.get(head.id);
    expect(room.round?.closing).toBe(meeting.round.closing);
    for (const there of room.participants.filter(({ state }) => state !== 'removed')) {
      const part = participantOf(meeting, there.userId);
      expect(part?.state).not.toBe('removed');
      expect(manages(there)).toBe(manages(part));
      if (!manages(there)) places.set(there.userId, (places.get(there.userId) ?? 0) + 1);
    }
  }
  expect([...places.values()].filter((count) => count > 1)).toEqual([]);
  for (const part of meeting.participants.filter((one) => manages(one) && one.state !== 'removed')) {
    for (const head of heads)
      expect(participantOf(await world.get(head.id), part.userId)?.state).not.toBe('removed');
  }
}

it('rooms open, fill and close at random: nobody is in two, and when their meeting is over they are', async () => {
  const world = await meetingsWorld();
  const { store, bus, people: known, meetings, failures } = world;
  const failed = (_: string, error: unknown) => void failures.push(error);
  const breakouts = new Breakouts({ store, bus, people: known, meetings, failed });
  const people: User[] = [];
  for (let i = 0; i < PEOPLE; i++) people.push(await world.person(`p${i}`));
  const [creator] = people;
  if (!creator) throw new Error('nobody');
  const steps = fc.array(step, { minLength: 20, maxLength: 60 });
  const property = fc.asyncProperty(steps, async (taken) => {
    const id = await world.begun(creator);
    const scene = { world, breakouts, id, people };
    for (const [i, one] of taken.entries()) {
      // Two at once now and then.
      const pair = i % 5 === 4 ? [one, { ...one, who: one.whom, whom: one.who }] : [one];
      await Promise.all(pair.map((each) => take(scene, each).catch(refused)));
      if (one.wait > 0) await world.later(one.wait);
      if (i % 3 === 2) await check(scene);
    }
    await check(scene);
    // All leave, each from everywhere: the meeting ends by its deadline, and the rooms with it.
    for (const place of [id, ...(await store.read.meetings.roomsOf(id)).map((room) => room.id)]) {
      for (const user of people) await meetings.leave(as(user), place);
    }
    await breakouts.sweep();
    await world.later(300_000);
    await breakouts.sweep();
    expect(isOver(await world.get(id))).toBe(true);
    expect(await store.read.meetings.roomsOf(id)).toEqual([]);
    expect(onlineIn(await world.get(id))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 25, seed: 20_251_003 });
  await world.close();
});
