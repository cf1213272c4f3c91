import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoginGuard } from '../users/login-guard.ts';
import { ADDRESS, CHEAP } from '../users/people.fixture.ts';
import type { User } from '../users/user.ts';
import { newParticipant } from './apply.ts';
import { decideJoin, MOST_GUESTS } from './decide-join.ts';
import { GUEST_KEPT_MS, GUEST_TTL_S, Guests } from './guests.ts';
import type { Participant } from './meeting.ts';
import { subjectOf } from './meeting.ts';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from './meetings.fixture.ts';
import { withoutDeleted } from './without-deleted.ts';

let world: MeetingsWorld;
let guests: Guests;
let ann: User;
let id: number;
beforeEach(async () => {
  world = await meetingsWorld();
  const { clock, counters, everybody: people } = world;
  const guard = new LoginGuard({ counters, clock });
  const failed = (_: string, error: unknown) => void world.failures.push(error);
  guests = new Guests({ ...world, people, passwords: CHEAP, guard, failed });
  ann = await world.person('ann');
  id = await world.begun(ann, { settings: { guests: true } });
});
afterEach(() => world.close());

const come = async (to = id, nickname = 'Gus', password?: string) =>
  (await guests.create(to, { nickname, password, address: ADDRESS })).user;
const there = async (nickname = 'Gus') => {
  const guest = await come(id, nickname);
  await world.join(id, guest);
  await world.socket(id, guest);
  world.clock.turn(1000);
  return guest;
};

describe('a guest', () => {
  it('has a name and a token for the one meeting, and nothing else', async () => {
    const { user, token, expiresIn } = await guests.create(id, { nickname: ' Gus ', address: ADDRESS });
    expect(user).toMatchObject({
      displayName: 'Gus',
      username: null,
      email: null,
      role: 'user',
      guestOf: id,
    });
    expect(user.uid).toMatch(/^guest_[0-9a-z]{26}$/);
    expect(expiresIn).toBe(GUEST_TTL_S);
    const { identity } = world;
    expect(await identity.authenticate(token, id)).toMatchObject({ user: { id: user.id } });
    expect(await identity.authenticate(token, 'own')).toMatchObject({ user: { id: user.id } });
    const other = await world.create(ann, { settings: { guests: true } });
    for (const open of [undefined, other, 0, 999_999]) {
      expect(await outcome(identity.authenticate(token, open))).toBe('auth.guest');
    }
    expect(await outcome(world.join(other, user))).toBe('user.unknown');
    expect(await outcome(world.meetings.add(service, other, user.uid))).toBe('user.unknown');
    expect(await outcome(world.meetings.create(service, { title: 'Mine', creator: user.uid }))).toBe(
      'user.unknown',
    );
  });

  it('is somebody new each time, and marked as a guest in the meeting and its log', async () => {
    const [one, other] = [await there(), await there()];
    expect(other.id).not.toBe(one.id);
    expect(await world.part(id, one)).toMatchObject({ guest: true, role: 'participant' });
    expect(await world.part(id, ann)).toMatchObject({ guest: false });
    const joined = (await world.events(id)).findLast(({ type }) => type === 'meeting.joined');
    expect(joined?.data).toMatchObject({ user_id: other.id, nickname: 'Gus', guest: true });
  });

  it('is nobody to everybody but meetings and administrators', async () => {
    const guest = await come();
    const { people, administration, store } = world;
    expect(await people.search(ann, 'gu')).toEqual([]);
    expect(await people.find(guest.uid)).toBeUndefined();
    expect(await people.find(guest.id)).toBeUndefined();
    expect(await people.findSome([guest.uid])).toEqual([]);
    for (const trusted of [true, false]) {
      expect(await outcome(people.resolve([guest.uid], trusted))).toBe('user.unknown');
    }
    expect(await outcome(people.put(guest.uid, { role: 'admin' }))).toBe('user.unknown');
    expect((await people.list(0, 10)).users.map(({ uid }) => uid)).toEqual(['ann']);
    const page = { by: 'id', descending: false, limit: 10, offset: 0 } as const;
    const uids = async (filter: object) =>
      (await administration.list(filter, page)).users.map(({ uid }) => uid);
    expect(await uids({})).toEqual(['ann']);
    expect(await uids({ guests: true })).toEqual([guest.uid]);
    const act = { principal: service.principal, ip: ADDRESS, requestId: 'r' };
    expect(await outcome(administration.update(act, guest.id, { role: 'admin' }))).toBe('user.guest');
    await administration.remove(act, guest.id);
    expect(await store.read.users.byId(guest.id)).toBeUndefined();
  });
});

describe('the door', () => {
  it('is the same where there is no meeting and where it takes no guests, and closes with the meeting', async () => {
    const closed = await world.create(ann);
    for (const where of [closed, 999_999]) {
      expect(await outcome(guests.door(where))).toBe('meeting.no_guests');
      expect(await outcome(come(where))).toBe('meeting.no_guests');
    }
    await world.meetings.setLocked(as(ann), id, true);
    expect(await guests.door(id)).toMatchObject({ id, locked: true });
    expect(await outcome(come())).toBe('meeting.locked');
    await world.meetings.end(as(ann), id);
    expect(await outcome(guests.door(id))).toBe('meeting.over');
    expect(await outcome(come())).toBe('meeting.over');
  });

  it('asks for a name that can be shown', async () => {
    for (const nickname of ['', '  ', 'x'.repeat(65), 'a\u202eb']) {
      expect(await outcome(come(id, nickname))).toBe('user.bad_name');
    }
    expect(await world.store.read.users.countOf({ guests: true })).toBe(0);
  });

  it('asks for the password, slows down who guesses, and joining asks again', async () => {
    await world.meetings.update(as(ann), id, { password: 'open sesame' });
    expect(await outcome(come())).toBe('meeting.password_needed');
    const guest = await come(id, 'Gus', 'open sesame');
    expect(await outcome(world.join(id, guest))).toBe('meeting.wrong_password');
    expect(await outcome(world.join(id, guest, 'open sesame'))).toBe('ok');
    const guess = () => outcome(come(id, 'Eve', 'wrong'));
    for (let i = 0; i < 5; i++) expect(await guess()).toBe('meeting.wrong_password');
    expect(await guess()).toBe('auth.slow_down');
  });

  it('delays nobody who has an account when strangers guess from everywhere', async () => {
    await world.meetings.update(as(ann), id, { password: 'open sesame' });
    const guess = (i: number) =>
      outcome(guests.create(id, { nickname: 'Eve', password: 'wrong', address: `192.0.2.${i}` }));
    for (let i = 0; i < 100; i++) expect(await guess(i)).toBe('meeting.wrong_password');
    expect(await guess(100)).toBe('auth.slow_down');
    const bob = await world.person('bob');
    expect(await outcome(world.join(id, bob, 'open sesame'))).toBe('ok');
  });

  it('closes to those who have not come in yet, and who is in may come back', async () => {
    const [inside, late] = [await there(), await come()];
    await world.meetings.update(as(ann), id, { settings: { guests: false } });
    expect(await outcome(world.join(id, late))).toBe('meeting.no_guests');
    await world.meetings.leave(as(inside), id);
    expect(await outcome(world.join(id, inside))).toBe('ok');
  });

  it('closes after many visits, to guests alone', async () => {
    const guest = await there();
    const meeting = await world.store.read.meetings.get(id);
    if (!meeting) throw new Error('the meeting is gone');
    const left = (userId: number): Participant => ({
      ...newParticipant({ userId, uid: `guest_${userId}`, guest: true }, 0),
      state: 'offline',
    });
    const after = (visits: number) => ({
      ...meeting,
      participants: [...meeting.participants, ...Array.from({ length: visits }, (_, i) => left(1000 + i))],
    });
    const join = (visits: number, userId: number, isGuest: boolean) => {
      const person = { userId, uid: 'x', guest: isGuest };
      return decideJoin(after(visits), { type: 'join', person, proved: true }, 0);
    };
    expect(join(MOST_GUESTS - 2, 9, true)).toMatchObject({ ok: true });
    expect(join(MOST_GUESTS - 1, 9, true)).toEqual({ ok: false, refusal: 'full' });
    for (const [userId, isGuest] of [
      [9, false],
      [guest.id, true],
      [1000, true],
    ] as const) {
      expect(join(MOST_GUESTS - 1, userId, isGuest)).toMatchObject({ ok: true });
    }
  });

  it('leads to the waiting room like everybody’s', async () => {
    await world.meetings.update(as(ann), id, { settings: { waitingRoom: true } });
    const guest = await come();
    expect(await world.join(id, guest)).toMatchObject({ participant: { state: 'waiting' }, media: null });
    await world.meetings.add(as(ann), id, guest.uid);
    expect(await world.states(id)).toMatchObject({ [guest.uid]: 'online' });
  });
});

describe('a meeting that has not begun', () => {
  it('is not begun by guests: they wait, and come in with the first who has an account', async () => {
    const planned = await world.create(ann, { settings: { guests: true } });
    const guest = await come(planned);
    for (let i = 0; i < 2; i++) {
      expect(await world.join(planned, guest)).toMatchObject({
        participant: { state: 'waiting' },
        media: null,
      });
    }
    await world.socket(planned, guest);
    expect(await world.store.read.meetings.head(planned)).toMatchObject({ status: 'scheduled' });
    await world.join(planned, await world.person('bob'));
    expect(await world.states(planned)).toMatchObject({ [guest.uid]: 'online', bob: 'online' });
  });

  it('lets them in as well when it is begun without anybody in it', async () => {
    const planned = await world.create(ann, { settings: { guests: true } });
    const guest = await come(planned);
    await world.join(planned, guest);
    await world.meetings.start(as(ann), planned);
    expect(await world.states(planned)).toMatchObject({ [guest.uid]: 'online' });
  });
});

describe('in the meeting a guest', () => {
  it('is neither host nor moderator, by nobody’s word', async () => {
    const guest = await there();
    for (const role of ['host', 'moderator'] as const) {
      expect(await outcome(world.meetings.setRole(as(ann), id, guest.id, role))).toBe('meeting.guest_role');
      expect(await outcome(world.meetings.add(service, id, guest.id, role))).toBe('meeting.guest_role');
    }
    expect((await world.part(id, guest)).role).toBe('participant');
  });

  it('is passed over when the host leaves, also where only guests stay', async () => {
    const guest = await there();
    const bob = await world.person('bob');
    await world.join(id, bob);
    await world.socket(id, bob);
    await world.meetings.leave(as(ann), id);
    expect(await world.roles(id)).toMatchObject({ bob: 'host', [guest.uid]: 'participant' });
    await world.meetings.leave(as(bob), id);
    expect(await world.roles(id)).toMatchObject({ [guest.uid]: 'participant', bob: 'host' });
    // Nobody has taken the place of who stood in.
    await world.join(id, bob);
    await world.join(id, ann);
    expect(await world.roles(id)).toMatchObject({ ann: 'host', bob: 'moderator' });
  });

  it('who was removed is out with that token; locked, the meeting takes no new one', async () => {
    const guest = await there();
    await world.meetings.removeParticipant(as(ann), id, guest.id);
    expect(await outcome(world.join(id, guest))).toBe('meeting.removed');
    await world.meetings.setLocked(as(ann), id, true);
    expect(await outcome(come())).toBe('meeting.locked');
  });

  it('who was removed and comes again as somebody new waits to be let in, and so does every new guest', async () => {
    const [guest, stays] = [await there(), await there()];
    await world.meetings.removeParticipant(as(ann), id, guest.id);
    const again = await come();
    expect(await world.join(id, again)).toMatchObject({ participant: { state: 'waiting' }, media: null });
    await world.meetings.update(as(ann), id, { title: 'Daily' });
    expect((await world.part(id, again)).state).toBe('waiting');
    await world.meetings.leave(as(stays), id);
    expect(await world.join(id, stays)).toMatchObject({ participant: { state: 'online' } });
    const bob = await world.person('bob');
    expect(await world.join(id, bob)).toMatchObject({ participant: { state: 'online' } });
    await world.meetings.add(as(ann), id, again.id);
    expect((await world.part(id, again)).state).toBe('online');
    // Nobody is out any more: the door is as it was.
    await world.meetings.add(as(ann), id, guest.id);
    expect(await world.join(id, await come())).toMatchObject({ participant: { state: 'online' } });
  });

  it('who was removed is no longer thought of a day later, when nobody could add them again', async () => {
    const guest = await there();
    await world.meetings.removeParticipant(as(ann), id, guest.id);
    world.clock.turn(GUEST_TTL_S * 1000 - 1);
    expect(await world.join(id, await come())).toMatchObject({ participant: { state: 'waiting' } });
    world.clock.turn(1);
    expect(await guests.forget()).toBe(1);
    expect(await outcome(world.meetings.add(as(ann), id, guest.id))).toBe('user.unknown');
    expect(await world.join(id, await come())).toMatchObject({ participant: { state: 'online' } });
  });
});

describe('guests are forgotten', () => {
  const state = async ({ id: userId }: User) => (await world.store.read.users.byId(userId))?.status;

  it('a day after their meeting, and not before their token ends', async () => {
    const guest = await there();
    world.clock.turn(3_600_000);
    await world.meetings.end(as(ann), id);
    expect(await guests.forget()).toBe(0);
    world.clock.turn(GUEST_TTL_S * 1000 - 3_600_000);
    expect(await guests.forget()).toBe(0);
    world.clock.turn(3_600_000);
    expect(await guests.forget()).toBe(1);
    expect(await world.store.read.users.byId(guest.id)).toMatchObject({
      status: 'deleted',
      displayName: 'deleted user',
    });
    expect(await guests.forget()).toBe(0);
  });

  it('when their token has ended and they are not there; who is stays', async () => {
    const [away, stays] = [await there(), await there()];
    await world.meetings.leave(as(away), id);
    world.clock.turn(GUEST_TTL_S * 1000);
    expect(await guests.forget()).toBe(1);
    expect([await state(away), await state(stays)]).toEqual(['deleted', 'active']);
    await world.meetings.leave(as(stays), id);
    world.clock.turn(GUEST_KEPT_MS);
    expect(await guests.forget()).toBe(1);
    expect(await state(stays)).toBe('deleted');
  });

  it('once: who is deleted while they are looked at is not looked at again', async () => {
    const guest = await there();
    const { store, clock, administration } = world;
    const { participant } = store.read.meetings;
    vi.spyOn(store.read.meetings, 'participant').mockImplementationOnce(async (...which) => {
      const found = await participant(...which);
      const act = { principal: service.principal, ip: ADDRESS, requestId: 'r' };
      await administration.remove(act, guest.id);
      return found;
    });
    clock.turn(GUEST_TTL_S * 1000);
    expect(await guests.forget()).toBe(0);
    expect(await state(guest)).toBe('deleted');
    clock.turn(GUEST_KEPT_MS);
    expect(await store.read.users.guestsDue(clock.now(), 10)).toEqual([]);
  });

  it('with a meeting that was taken away', async () => {
    const [gone, left] = [await there(), await there()];
    await world.meetings.leave(as(gone), id);
    world.clock.turn(GUEST_TTL_S * 1000);
    expect(await guests.forget()).toBe(1);
    await world.meetings.end(as(ann), id);
    expect([await state(gone), await state(left)]).toEqual(['deleted', 'active']);
    await world.meetings.remove(as(ann), id);
    expect([await state(gone), await state(left)]).toEqual([undefined, 'active']);
    world.clock.turn(GUEST_KEPT_MS);
    expect(await guests.forget()).toBe(1);
    expect(await state(left)).toBeUndefined();
    // What the log has of it names neither, not even where another has the number now.
    const dan = { ...left, uid: 'dan', displayName: 'Dan', guestOf: null };
    await world.store.transaction((tx) => tx.users.insert(dan));
    const events = await world.store.read.events.ofSubject(subjectOf(id), 0, 100);
    const told = JSON.stringify(await withoutDeleted(world.store.read, events));
    for (const { id: userId, uid, displayName } of [gone, left]) {
      expect(JSON.stringify(events)).toContain(`"uid":"${uid}"`);
      expect(told).toContain(`"uid":"${userId}"`);
      for (const name of [uid, displayName, 'Dan']) expect(told).not.toContain(`"${name}"`);
    }
  });

  it('for good where they never came in, for nothing names them', async () => {
    const guest = await come();
    world.clock.turn(GUEST_TTL_S * 1000);
    expect(await guests.forget()).toBe(1);
    expect(await state(guest)).toBeUndefined();
  });
});
