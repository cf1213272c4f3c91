import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../users/user.ts';
import { subjectOf } from './meeting.ts';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from './meetings.fixture.ts';

let world: MeetingsWorld;
let [ann, bob, cat]: User[] = [];
beforeEach(async () => {
  world = await meetingsWorld();
  [ann, bob, cat] = [await world.person('ann'), await world.person('bob'), await world.person('cat')];
});
afterEach(() => world.close());

const people = () => {
  if (!ann || !bob || !cat) throw new Error('nobody is there yet');
  return { ann, bob, cat };
};

describe('coming in', () => {
  it('starts a meeting that nobody has started, before its time and after it', async () => {
    const { ann, bob } = people();
    const early = await world.create(ann, { startTime: world.clock.now() + 86_400_000 });
    const late = await world.create(ann, { startTime: world.clock.now() - 86_400_000 });
    for (const id of [early, late]) {
      const { participant, meeting } = await world.join(id, bob);
      expect([meeting.status, participant.state, participant.role]).toEqual([
        'ongoing',
        'online',
        'participant',
      ]);
      expect(await world.log(id)).toEqual(['meeting.created', 'meeting.started', 'meeting.joined']);
    }
  });

  it('gives the ways in, and again new ones without being told of twice', async () => {
    const { ann, bob } = people();
    const id = await world.begun(ann, { settings: { muteOnJoin: true } });
    const first = await world.join(id, bob);
    expect(first.muteOnJoin).toBe(true);
    expect(first.media).toMatchObject({ url: null, token: expect.any(String) });
    expect(await world.tickets.check(first.ticket, subjectOf(id))).toMatchObject({ user: { uid: 'bob' } });
    await world.later(40_000);
    const again = await world.join(id, bob);
    expect(again.participant.id).toBe(first.participant.id);
    expect(again.media?.token).not.toBe(first.media?.token);
    // The time to connect begins anew.
    await world.later(40_000);
    expect(await world.states(id)).toEqual({ ann: 'online', bob: 'online' });
    expect((await world.log(id)).filter((type) => type === 'meeting.joined')).toHaveLength(2);
    expect((await world.join(id, ann)).muteOnJoin).toBe(false);
  });

  it('is refused to nobody knows where, to what is over, and to the banned', async () => {
    const { ann, bob } = people();
    expect(await outcome(world.join(999, bob))).toBe('meeting.unknown');
    const id = await world.begun(ann);
    await world.people.put('bob', { status: 'banned' });
    expect(await outcome(world.join(id, bob))).toBe('auth.banned');
    await world.meetings.end(as(ann), id);
    expect(await outcome(world.join(id, ann))).toBe('meeting.over');
  });

  it('is asked by a service for whom it names', async () => {
    const { ann, bob } = people();
    const id = await world.begun(ann);
    expect(await outcome(world.meetings.join(service, id, {}))).toBe('invalid.field');
    const { participant } = await world.meetings.join(service, id, { user: 'bob' });
    expect(participant.userId).toBe(bob.id);
    expect(await outcome(world.meetings.join(as(ann), id, { user: 'bob' }))).toBe('auth.not_yourself');
  });
});

describe('the password', () => {
  it('is asked once, of everybody but the host and who was named', async () => {
    const { ann, bob, cat } = people();
    const id = await world.begun(ann, { password: 'secret' });
    expect(await outcome(world.join(id, bob))).toBe('meeting.wrong_password');
    expect(await outcome(world.join(id, bob, 'guess'))).toBe('meeting.wrong_password');
    expect(await outcome(world.join(id, bob, 'secret'))).toBe('ok');
    await world.meetings.leave(as(bob), id);
    expect(await outcome(world.join(id, bob))).toBe('ok');
    await world.meetings.add(as(ann), id, 'cat');
    expect(await outcome(world.join(id, cat))).toBe('ok');
    const log = JSON.stringify(await world.events(id));
    expect(log).not.toContain('secret');
    expect(log).not.toContain('argon2');
  });

  it('is the one of now: changed while it was checked, it is wrong', async () => {
    const { ann, bob, cat } = people();
    const id = await world.begun(ann, { password: 'old' });
    await world.meetings.update(as(ann), id, { password: 'new' });
    expect(await outcome(world.join(id, bob, 'old'))).toBe('meeting.wrong_password');
    expect(await outcome(world.join(id, bob, 'new'))).toBe('ok');
    await world.meetings.update(as(ann), id, { password: null });
    expect((await world.get(id)).hasPassword).toBe(false);
    expect(await outcome(world.join(id, cat))).toBe('ok');
  });
});

describe('places', () => {
  it('are taken by being online, one by one, and the host always has one', async () => {
    const { ann, bob, cat } = people();
    const id = await world.create(ann, { maxParticipants: 2 });
    await world.join(id, bob);
    const dan = await world.person('dan');
    // At the same moment: one of them gets the last place.
    const outcomes = await Promise.all([cat, dan].map((user) => outcome(world.join(id, user))));
    expect(outcomes.sort()).toEqual(['meeting.full', 'ok']);
    expect(await outcome(world.join(id, ann))).toBe('ok');
    await world.meetings.leave(as(bob), id);
    await world.meetings.leave(as(cat), id);
    await world.meetings.leave(as(dan), id);
    expect(await outcome(world.join(id, dan))).toBe('ok');
  });

  it('go to as many as there are, however many ask', async () => {
    const { ann } = people();
    const id = await world.create(ann, { maxParticipants: 5 });
    const crowd = await Promise.all(Array.from({ length: 12 }, (_, i) => world.person(`p${i}`)));
    const outcomes = await Promise.all(crowd.map((user) => outcome(world.join(id, user))));
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(5);
    expect(outcomes.filter((one) => one === 'meeting.full')).toHaveLength(7);
  });
});

describe('a locked meeting', () => {
  it('lets in nobody but the host, not even who was in it; those inside stay', async () => {
    const { ann, bob, cat } = people();
    const id = await world.begun(ann);
    await world.join(id, bob);
    await world.join(id, cat);
    await world.meetings.leave(as(cat), id);
    await world.meetings.setLocked(as(ann), id, true);
    expect(await outcome(world.join(id, cat))).toBe('meeting.locked');
    expect(await outcome(world.join(id, await world.person('dan')))).toBe('meeting.locked');
    // Inside already: a reloaded page comes back.
    expect(await outcome(world.join(id, bob))).toBe('ok');
    await world.meetings.leave(as(ann), id);
    expect(await outcome(world.join(id, ann))).toBe('ok');
    await world.meetings.setLocked(as(ann), id, false);
    expect(await outcome(world.join(id, cat))).toBe('ok');
    const told = (await world.log(id)).filter((type) => type === 'meeting.locked');
    expect(told).toHaveLength(2);
  });

  it('still lets in who waits when a host says so', async () => {
    const { ann, bob, cat } = people();
    const id = await world.begun(ann, { settings: { waitingRoom: true } });
    await world.join(id, bob);
    await world.meetings.setLocked(as(ann), id, true);
    expect(await outcome(world.join(id, cat))).toBe('meeting.locked');
    await world.meetings.add(as(ann), id, 'bob');
    expect(await world.states(id)).toEqual({ ann: 'online', bob: 'online' });
  });
});

describe('the waiting room', () => {
  it('keeps everybody but host and moderators until somebody lets them in', async () => {
    const { ann, bob, cat } = people();
    const id = await world.create(ann, { settings: { waitingRoom: true } });
    const { participant, media, meeting } = await world.join(id, bob);
    expect([participant.state, media, meeting.status]).toEqual(['waiting', null, 'scheduled']);
    await world.meetings.add(as(ann), id, 'cat', 'moderator');
    expect((await world.join(id, cat)).participant.state).toBe('online');
    expect((await world.get(id)).status).toBe('ongoing');
    const admitted = await world.meetings.add(as(cat), id, 'bob');
    expect(admitted.state).toBe('online');
    expect((await world.meetings.media(as(bob), id))?.token).toEqual(expect.any(String));
    // Let in once, they do not wait again.
    await world.meetings.leave(as(bob), id);
    expect((await world.join(id, bob)).participant.state).toBe('online');
  });

  it('is left by the role route, by asking once more, by leaving and by forgetting', async () => {
    const { ann, bob, cat } = people();
    const id = await world.begun(ann, { settings: { waitingRoom: true } });
    await world.join(id, bob);
    const moderator = await world.meetings.setRole(as(ann), id, 'bob', 'moderator');
    expect([moderator.state, moderator.role]).toEqual(['online', 'moderator']);
    await world.join(id, cat);
    await world.meetings.leave(as(cat), id);
    expect((await world.states(id)).cat).toBe('offline');
    const left = (await world.events(id)).findLast(({ type }) => type === 'meeting.left');
    expect(left?.data).toMatchObject({ user_id: cat.id, was: 'waiting', reason: 'left', nickname: 'CAT' });
    // They wait again, asking renews it, and silence ends it.
    await world.join(id, cat);
    await world.socket(id, bob);
    await world.later(200_000);
    await world.join(id, cat);
    await world.later(200_000);
    expect((await world.states(id)).cat).toBe('waiting');
    await world.later(100_000);
    expect((await world.states(id)).cat).toBe('offline');
  });

  it('holds a connected person as long as they are connected', async () => {
    const { ann, bob } = people();
    const id = await world.begun(ann, { settings: { waitingRoom: true } });
    await world.join(id, bob);
    const session = await world.socket(id, bob);
    await world.later(3_600_000);
    expect((await world.states(id)).bob).toBe('waiting');
    await world.meetings.disconnect(session, id, 'lost');
    await world.later(19_000);
    expect((await world.states(id)).bob).toBe('waiting');
    await world.later(1_000);
    expect((await world.states(id)).bob).toBe('offline');
  });

  it('has no place in a full meeting, and empties when it is taken away', async () => {
    const { ann, bob, cat } = people();
    const id = await world.begun(ann, { maxParticipants: 2, settings: { waitingRoom: true } });
    await world.join(id, bob);
    await world.join(id, cat);
    await world.meetings.add(as(ann), id, 'bob');
    expect(await outcome(world.meetings.add(as(ann), id, 'cat'))).toBe('meeting.full');
    expect((await world.states(id)).cat).toBe('waiting');
    await world.meetings.update(as(ann), id, { settings: { waitingRoom: false } });
    expect((await world.states(id)).cat).toBe('waiting');
    await world.meetings.leave(as(bob), id);
    expect((await world.states(id)).cat).toBe('online');
  });

  it('makes those who were named wait for the beginning, and only for that', async () => {
    const { ann, bob, cat } = people();
    const id = await world.create(ann, { settings: { waitingRoom: true } });
    await world.meetings.add(as(ann), id, 'bob');
    expect((await world.join(id, bob)).participant.state).toBe('waiting');
    expect((await world.join(id, cat)).participant.state).toBe('waiting');
    await world.join(id, ann);
    expect(await world.states(id)).toEqual({ ann: 'online', bob: 'online', cat: 'waiting' });
  });

  it('asks the password before one may wait', async () => {
    const { ann, bob } = people();
    const id = await world.begun(ann, { password: 'secret', settings: { waitingRoom: true } });
    expect(await outcome(world.join(id, bob))).toBe('meeting.wrong_password');
    await world.join(id, bob, 'secret');
    expect(await outcome(world.join(id, bob))).toBe('ok');
    await world.meetings.leave(as(bob), id);
    expect(await outcome(world.join(id, bob))).toBe('meeting.wrong_password');
  });
});

describe('who guesses a password', () => {
  it('is slowed down, in that meeting alone, and keeps nobody else out', async () => {
    const { ann, bob, cat } = people();
    const id = await world.begun(ann, { password: 'secret' });
    for (let i = 0; i < 5; i++)
      expect(await outcome(world.join(id, bob, `${i}`))).toBe('meeting.wrong_password');
    expect(await outcome(world.join(id, bob, 'secret'))).toBe('auth.slow_down');
    expect(await outcome(world.join(id, cat, 'secret'))).toBe('ok');
    const other = await world.begun(ann, { password: 'secret' });
    expect(await outcome(world.join(other, bob, 'secret'))).toBe('ok');
    await world.later(2_000);
    expect(await outcome(world.join(id, bob, 'secret'))).toBe('ok');
  });
});

describe('somebody removed', () => {
  it('is out with all connections, and comes back only when added again', async () => {
    const { ann, bob } = people();
    const id = await world.begun(ann);
    const { media } = await world.join(id, bob);
    await world.socket(id, bob);
    await world.enter(id, bob);
    await world.meetings.removeParticipant(as(ann), id, 'bob');
    await world.heard();
    expect(await world.states(id)).toEqual({ ann: 'online', bob: 'removed' });
    expect((await world.get(id)).sessions.map(({ userId }) => userId)).toEqual([ann.id]);
    expect(await world.inRoom(id)).toEqual([]);
    expect(() => world.engine.enter(`meet_${id}`, 'bob', media?.token)).toThrow();
    expect(await outcome(world.join(id, bob))).toBe('meeting.removed');
    expect(await outcome(world.socket(id, bob))).toBe('meeting.removed');
    expect(await outcome(world.meetings.participants(as(bob), id, { limit: 9, offset: 0 }))).toBe(
      'meeting.not_in',
    );
    await world.meetings.removeParticipant(as(ann), id, 'bob');
    await world.meetings.add(as(ann), id, 'bob');
    expect((await world.states(id)).bob).toBe('invited');
    expect(await outcome(world.join(id, bob))).toBe('ok');
    const removed = (await world.log(id)).filter((type) => type === 'meeting.removed');
    expect(removed).toHaveLength(1);
  });
});
