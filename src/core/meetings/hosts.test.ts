import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../users/user.ts';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from './meetings.fixture.ts';

let world: MeetingsWorld;
let ann: User;
let bob: User;
let cat: User;
let id: number;
beforeEach(async () => {
  world = await meetingsWorld();
  [ann, bob, cat] = [await world.person('ann'), await world.person('bob'), await world.person('cat')];
  id = await world.begun(ann);
  world.clock.turn(1000);
  await world.join(id, bob);
  world.clock.turn(1000);
  await world.join(id, cat);
  await world.socket(id, bob);
  await world.socket(id, cat);
});
afterEach(() => world.close());

describe('the host’s leaving', () => {
  it('makes who is there longest host, and moderators go before', async () => {
    await world.meetings.leave(as(ann), id);
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'host', cat: 'participant' });
    const role = (await world.events(id)).findLast(({ type }) => type === 'meeting.role');
    expect(role?.data).toMatchObject({ user_id: bob.id, role: 'host', by: null, nickname: 'BOB' });
  });

  it('goes by moderators first', async () => {
    await world.meetings.setRole(as(ann), id, 'cat', 'moderator');
    await world.meetings.leave(as(ann), id);
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'participant', cat: 'host' });
  });

  it('is undone when the creator comes back: who stood in is a moderator', async () => {
    await world.meetings.leave(as(ann), id);
    await world.join(id, ann);
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'moderator', cat: 'participant' });
  });

  it('goes on when who stands in leaves as well, and they have no right to come back to', async () => {
    await world.meetings.leave(as(ann), id);
    await world.meetings.leave(as(bob), id);
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'moderator', cat: 'host' });
    await world.join(id, bob);
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'moderator', cat: 'host' });
  });

  it('passes nothing on where nobody stays', async () => {
    for (const user of [cat, bob, ann]) await world.meetings.leave(as(user), id);
    await world.join(id, bob);
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'participant', cat: 'participant' });
  });

  it('is the same by losing all connections, and by a ban', async () => {
    const session = (await world.get(id)).sessions.find(({ userId }) => userId === ann.id);
    await world.meetings.disconnect(session?.id ?? '', id, 'lost');
    await world.later(20_000);
    expect((await world.roles(id)).bob).toBe('host');
    await world.people.put('bob', { status: 'banned' });
    await world.meetings.expel(bob.id, 'banned');
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'moderator', cat: 'host' });
  });
});

describe('handing over', () => {
  it('makes the old host a moderator, who does not take it back by leaving', async () => {
    await world.meetings.setRole(as(ann), id, 'bob', 'host');
    expect(await world.roles(id)).toEqual({ ann: 'moderator', bob: 'host', cat: 'participant' });
    await world.meetings.leave(as(ann), id);
    await world.join(id, ann);
    expect(await world.roles(id)).toEqual({ ann: 'moderator', bob: 'host', cat: 'participant' });
    expect(await outcome(world.meetings.end(as(ann), id))).toBe('meeting.not_allowed');
    expect(await outcome(world.meetings.end(as(bob), id))).toBe('ok');
  });

  it('goes to somebody who is there', async () => {
    await world.meetings.leave(as(cat), id);
    expect(await outcome(world.meetings.setRole(as(ann), id, 'cat', 'host'))).toBe('meeting.not_online');
    await world.person('dan');
    expect(await outcome(world.meetings.add(as(ann), id, 'dan', 'host'))).toBe('meeting.not_online');
  });

  it('by who stands in leaves the creator their right', async () => {
    await world.meetings.leave(as(ann), id);
    await world.meetings.setRole(as(bob), id, 'cat', 'host');
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'moderator', cat: 'host' });
    await world.join(id, ann);
    expect(await world.roles(id)).toEqual({ ann: 'host', bob: 'moderator', cat: 'moderator' });
  });

  it('may be done before the meeting, and by a service while the creator is away', async () => {
    const planned = await world.create(ann);
    await world.meetings.add(as(ann), planned, 'bob', 'host');
    expect(await world.roles(planned)).toEqual({ ann: 'moderator', bob: 'host' });
    await world.meetings.leave(as(ann), id);
    await world.meetings.setRole(service, id, 'cat', 'host');
    expect(await world.roles(id)).toEqual({ ann: 'moderator', bob: 'moderator', cat: 'host' });
  });
});

describe('the creator', () => {
  it('is safe from who stands in for them, and not from administrators', async () => {
    await world.meetings.leave(as(ann), id);
    expect(await outcome(world.meetings.removeParticipant(as(bob), id, 'ann'))).toBe('meeting.creator');
    expect(await outcome(world.meetings.setRole(as(bob), id, 'ann', 'participant'))).toBe('meeting.creator');
    const root = await world.person('root', 'admin');
    expect(await outcome(world.meetings.removeParticipant(as(root), id, 'ann'))).toBe('ok');
    expect(await world.roles(id)).toEqual({ ann: 'participant', bob: 'host', cat: 'participant' });
  });
});
