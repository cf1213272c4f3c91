import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aUser, uniqueUid } from '../../adapters/storage/contract/subject.ts';
import type { User } from '../users/user.ts';
import { isOver, type Meeting, onlineIn } from './meeting.ts';
import { as, type MeetingsWorld, meetingsWorld } from './meetings.fixture.ts';

const PEOPLE = 8;
/** How many of them have no account. */
const GUESTS = 2;
const ACTS = [
  'join',
  'leave',
  'connect',
  'disconnect',
  'enter',
  'exit',
  'say',
  'media',
  'hand',
  'admit',
  'remove',
  'promote',
  'hand over',
  'mute all',
  'lock',
  'unlock',
  'sweep',
  'compare',
] as const;

const step = fc.record({
  act: fc.constantFrom(...ACTS),
  who: fc.nat(PEOPLE - 1),
  whom: fc.nat(PEOPLE - 1),
  wait: fc.constantFrom(0, 0, 1_000, 15_000, 61_000),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** One thing that somebody does; who may not is refused, and that is all. */
async function take(world: MeetingsWorld, id: number, people: readonly User[], { act, who, whom }: Step) {
  const [user, other] = [people[who], people[whom]];
  if (!user || !other) throw new Error('nobody');
  const own = async () => (await world.get(id)).sessions.filter(({ userId }) => userId === user.id);
  const asker = as(user);
  switch (act) {
    case 'join':
      return world.join(id, user);
    case 'leave':
      return world.meetings.leave(asker, id);
    case 'connect':
      return world.socket(id, user);
    case 'disconnect': {
      const socket = (await own()).find(({ kind }) => kind === 'socket');
      return socket && world.meetings.disconnect(socket.id, id, 'lost');
    }
    case 'enter':
      return world.enter(id, user);
    case 'exit':
      return world.exit(id, user);
    case 'say':
      return world.meetings.say(asker, id, 'hi');
    case 'media':
      return world.meetings.setMedia(asker, id, { audio: whom % 2 === 0 });
    case 'hand':
      return world.meetings.raiseHand(asker, id, whom % 2 === 0);
    case 'admit':
      return world.meetings.add(asker, id, other.uid);
    case 'remove':
      return world.meetings.removeParticipant(asker, id, other.uid);
    case 'promote':
      return world.meetings.setRole(asker, id, other.uid, 'moderator');
    case 'hand over':
      return world.meetings.setRole(asker, id, other.uid, 'host');
    case 'mute all':
      return world.meetings.mute(asker, id, 'all', 'audio');
    case 'lock':
      return world.meetings.setLocked(asker, id, true);
    case 'unlock':
      return world.meetings.setLocked(asker, id, false);
    case 'sweep':
      return world.later(0);
    case 'compare':
      return world.meetings.reconcile(true);
  }
}

const refused = (error: { code?: string }) => {
  if (!['gone', 'forbidden', 'conflict', 'not_found'].includes(error.code ?? '')) throw error;
};

/** Somebody is host whatever happens, no guest ever; away, they left before anybody with an account came who is there now. */
function checkHost(meeting: Meeting) {
  const hosts = meeting.participants.filter(({ role }) => role === 'host');
  expect(hosts.length).toBeGreaterThan(0);
  for (const { guest, role } of meeting.participants) if (guest) expect(role).toBe('participant');
  const online = onlineIn(meeting).filter(({ guest }) => !guest);
  if (online.length === 0 || hosts.some(({ state }) => state === 'online')) return;
  const leftAt = Math.max(...hosts.map((host) => host.leftAt ?? 0));
  for (const { joinedAt } of online) expect(joinedAt).toBeGreaterThanOrEqual(leftAt);
}

/** As the door for guests makes them. */
const guestsOf = ({ store }: MeetingsWorld, id: number): Promise<User[]> =>
  store.transaction(async (tx) => {
    const made: User[] = [];
    for (let i = 0; i < GUESTS; i++) made.push(await tx.users.insert(aUser(uniqueUid(), { guestOf: id })));
    return made;
  });

it('people come, speak and go at random: nobody stays behind, somebody is host, the log has no gap', async () => {
  const world = await meetingsWorld();
  const accounts: User[] = [];
  for (let i = 0; i < PEOPLE - GUESTS; i++) accounts.push(await world.person(`p${i}`));
  const [creator] = accounts;
  if (!creator) throw new Error('nobody');
  const steps = fc.array(step, { minLength: 20, maxLength: 60 });
  const property = fc.asyncProperty(steps, fc.boolean(), async (taken, waitingRoom) => {
    const id = await world.create(creator, { maxParticipants: 5, settings: { waitingRoom, guests: true } });
    const people = [...accounts, ...(await guestsOf(world, id))];
    for (const [i, one] of taken.entries()) {
      // Two at once now and then.
      const pair = i % 5 === 4 ? [one, { ...one, who: one.whom, whom: one.who }] : [one];
      await Promise.all(pair.map((each) => take(world, id, people, each).catch(refused)));
      if (one.wait > 0) await world.later(one.wait);
      checkHost(await world.get(id));
    }
    // All clients are gone without a word, and the clock runs on.
    for (const user of people) await world.exit(id, user);
    for (const { id: session, kind } of (await world.get(id)).sessions) {
      if (kind === 'socket') await world.meetings.disconnect(session, id, 'lost');
    }
    for (const ms of [300_000, 60_000, 300_000]) await world.later(ms);
    const end = await world.get(id);
    expect(isOver(end) || end.status === 'scheduled').toBe(true);
    expect(end.participants.filter(({ state }) => state === 'online' || state === 'waiting')).toEqual([]);
    expect(end.sessions).toEqual([]);
    const log = await world.events(id);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: end.version }, (_, i) => i + 1));
  });
  await fc.assert(property, { numRuns: 40 });
  await world.close();
}, 60_000);
