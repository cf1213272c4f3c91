import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../calls/ask.ts';
import { mayFollow } from '../policy.ts';
import type { User } from '../users/user.ts';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from './meetings.fixture.ts';

let world: MeetingsWorld;
let ann: User;
let bob: User;
let cat: User;
let root: User;
beforeEach(async () => {
  world = await meetingsWorld();
  [ann, bob, cat] = [await world.person('ann'), await world.person('bob'), await world.person('cat')];
  root = await world.person('root', 'admin');
});
afterEach(() => world.close());

const PAGE = { limit: 20, offset: 0 };
const HOUR = 3_600_000;

describe('one meeting', () => {
  it('is read by a stranger without a password, and not with one', async () => {
    const open = await world.create(ann);
    expect(await world.meetings.get(as(bob), open)).toMatchObject({ role: null, state: null });
    const closed = await world.create(ann, { password: 'secret' });
    expect(await outcome(world.meetings.get(as(bob), closed))).toBe('meeting.password_needed');
    expect(await world.meetings.get(as(ann), closed)).toMatchObject({ role: 'host', state: 'invited' });
    for (const asker of [as(root), service]) {
      expect(await outcome(world.meetings.get(asker, closed))).toBe('ok');
    }
    expect(await outcome(world.meetings.get(as(bob), 999_999))).toBe('meeting.unknown');
  });

  it('shows its people, sessions and numbers to those inside only', async () => {
    const id = await world.begun(ann, { settings: { waitingRoom: true } });
    await world.join(id, bob);
    const asked = (user: User) => [
      world.meetings.participants(as(user), id, PAGE),
      world.meetings.sessions(as(user), id, PAGE),
      world.meetings.peers(as(user), id),
      world.meetings.measured(as(user), id),
    ];
    for (const user of [bob, cat]) {
      const outcomes = await Promise.all(asked(user).map(outcome));
      expect(outcomes).toEqual(Array(4).fill('meeting.not_in'));
    }
    for (const user of [ann, root]) {
      expect(await Promise.all(asked(user).map(outcome))).toEqual(Array(4).fill('ok'));
    }
    const waiting = await world.meetings.participants(service, id, PAGE, 'waiting');
    expect([waiting.total, waiting.participants.map(({ uid }) => uid)]).toEqual([1, ['bob']]);
    await world.meetings.add(as(ann), id, 'cat');
    const offline = await world.meetings.participants(service, id, PAGE, 'offline');
    expect([offline.total, offline.participants.map(({ uid }) => uid)]).toEqual([1, ['cat']]);
  });

  it('shows a session to its owner, the host and those who oversee', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    await world.join(id, cat);
    const session = await world.socket(id, bob);
    for (const asker of [as(bob), as(ann), as(root), service]) {
      expect(await world.meetings.session(asker, session)).toMatchObject({ userId: bob.id, endedAt: null });
    }
    expect(await outcome(world.meetings.session(as(cat), session))).toBe('meeting.no_session');
    expect(await outcome(world.meetings.session(as(ann), 'ses_none'))).toBe('meeting.no_session');
  });

  it('shows what somebody uses to nobody but themselves, the host and those who oversee', async () => {
    const id = await world.begun(ann);
    for (const user of [bob, cat]) {
      await world.join(id, user);
      await world.socket(id, user);
    }
    const seenBy = async (asker: Asker) => {
      const { sessions } = await world.meetings.sessions(asker, id, PAGE);
      return sessions.filter(({ device }) => device !== '').map(({ userId }) => userId);
    };
    for (const asker of [as(ann), as(root), service]) {
      expect((await seenBy(asker)).sort()).toEqual([ann.id, bob.id, cat.id].sort());
    }
    expect(await seenBy(as(bob))).toEqual([bob.id]);
    await world.meetings.setRole(as(ann), id, 'cat', 'moderator');
    expect(await seenBy(as(cat))).toEqual([cat.id]);
  });
});

describe('what is said', () => {
  it('is kept with its event, and read by those who have been in it', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    const said = await world.meetings.say(as(bob), id, ' 你好 ');
    expect(said).toMatchObject({ userId: bob.id, uid: 'bob', content: ' 你好 ' });
    const event = (await world.events(id)).at(-1);
    expect(event?.data).toMatchObject({
      message_id: said.id,
      user_id: bob.id,
      nickname: 'BOB',
      content: ' 你好 ',
    });
    await world.meetings.say(service, id, 'from elsewhere', 'ann');
    await world.meetings.leave(as(bob), id);
    const { messages, total } = await world.meetings.messages(as(bob), id, PAGE);
    expect([total, messages.map(({ content }) => content)]).toEqual([2, [' 你好 ', 'from elsewhere']]);
    const later = await world.meetings.messages(as(bob), id, PAGE, { after: said.id });
    expect(later.messages.map(({ uid }) => uid)).toEqual(['ann']);
    // An administrator reads where they are.
    for (const user of [cat, root]) {
      expect(await outcome(world.meetings.messages(as(user), id, PAGE))).toBe('meeting.not_in');
    }
    await world.meetings.removeParticipant(as(ann), id, 'bob');
    expect(await outcome(world.meetings.messages(as(bob), id, PAGE))).toBe('meeting.not_in');
  });

  it('is refused to who is not there, where chat is off, and when it is nothing or too much', async () => {
    const id = await world.begun(ann, { settings: { chat: false, waitingRoom: true } });
    expect(await outcome(world.meetings.say(as(bob), id, 'hi'))).toBe('meeting.not_in');
    await world.join(id, bob);
    expect(await outcome(world.meetings.say(as(bob), id, 'hi'))).toBe('meeting.not_in');
    await world.meetings.add(as(ann), id, 'bob');
    expect(await outcome(world.meetings.say(as(bob), id, 'hi'))).toBe('meeting.chat_off');
    expect(await outcome(world.meetings.say(as(ann), id, 'hi'))).toBe('ok');
    expect(await outcome(world.meetings.say(as(ann), id, ''))).toBe('invalid.field');
    expect(await outcome(world.meetings.say(as(ann), id, 'x'.repeat(4001)))).toBe('invalid.field');
    expect(await outcome(world.meetings.say(as(ann), id, '😀'.repeat(4000)))).toBe('ok');
    expect(await outcome(world.meetings.say(as(ann), 999_999, 'hi'))).toBe('meeting.unknown');
    expect(await world.store.read.messages.count(id)).toBe(2);
  });

  it('by many at once is numbered without a gap', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    const all = Array.from({ length: 20 }, (_, i) => world.meetings.say(as(i % 2 ? ann : bob), id, `${i}`));
    await Promise.all([...all, world.meetings.raiseHand(as(bob), id, true)]);
    const log = await world.events(id);
    expect(log.filter(({ type }) => type === 'meeting.message')).toHaveLength(20);
    expect(log.at(-1)?.seq).toBe(log.length);
  });
});

describe('lists', () => {
  it('have one’s own by part, all for those who oversee', async () => {
    const own = await world.create(ann, { title: 'Own' });
    const other = await world.create(bob, { title: 'Other' });
    await world.create(cat, { title: 'Strange' });
    await world.meetings.add(as(bob), other, 'ann');
    const mine = async (as_: 'all' | 'creator' | 'participant') =>
      (await world.meetings.mine(as(ann), { as: as_ }, PAGE)).meetings.map(({ title }) => title);
    expect(await mine('all')).toEqual(['Other', 'Own']);
    expect(await mine('creator')).toEqual(['Own']);
    expect(await mine('participant')).toEqual(['Other']);
    const list = async (asker: ReturnType<typeof as> | typeof service) =>
      (await world.meetings.list(asker, {}, PAGE)).total;
    expect([await list(as(ann)), await list(as(root)), await list(service)]).toEqual([2, 3, 3]);
    expect(await outcome(world.meetings.mine(service, { as: 'all' }, PAGE))).toBe('auth.forbidden');
    const found = await world.meetings.list(service, { search: 'OTH', statuses: ['scheduled'] }, PAGE);
    expect(found.meetings.map(({ id }) => id)).toEqual([other]);
    expect(own).not.toBe(other);
  });

  it('of what comes has what is not past, soonest first; of what was, with one’s part', async () => {
    const now = world.clock.now();
    const past = await world.create(ann, { startTime: now - 2 * HOUR, endTime: now - HOUR });
    const late = await world.create(ann, { startTime: now + 2 * HOUR });
    const soon = await world.create(ann, { startTime: now + HOUR });
    const running = await world.begun(ann, { startTime: now - HOUR });
    const upcoming = await world.meetings.upcoming(as(ann), PAGE);
    expect(upcoming.meetings.map(({ id }) => id)).toEqual([running, soon, late]);
    await world.join(running, bob);
    await world.later(30_000);
    await world.meetings.end(as(ann), running);
    await world.meetings.remove(as(ann), past);
    const { attended, total } = await world.meetings.history(as(ann), PAGE);
    expect(attended.map(({ meeting }) => meeting.id)).toEqual([running, past]);
    expect(total).toBe(2);
    const bobs = await world.meetings.history(as(bob), PAGE);
    expect(bobs.attended).toMatchObject([
      { meeting: { id: running }, participant: { joinedAt: now, leftAt: world.clock.now() } },
    ]);
  });
});

describe('numbers', () => {
  it('over all are for those who oversee; meeting by meeting one has one’s own', async () => {
    const id = await world.begun(ann);
    await world.join(id, bob);
    await world.meetings.say(as(bob), id, 'hi');
    await world.create(cat);
    expect(await outcome(world.meetings.totals(as(ann)))).toBe('auth.forbidden');
    expect(await world.meetings.totals(as(root))).toMatchObject({
      meetings: { scheduled: 1, ongoing: 1, ended: 0, cancelled: 0 },
      sessions: { open: 1, total: 1 },
      messages: 1,
    });
    const { rooms, total } = await world.meetings.numbers(as(bob), PAGE);
    expect(total).toBe(1);
    expect(rooms).toMatchObject([{ meetingId: id, online: 2, people: 2, sessions: 1, messages: 1 }]);
    expect((await world.meetings.numbers(service, PAGE)).total).toBe(2);
  });
});

describe('the log of a meeting', () => {
  it('is followed by those who have been in it', async () => {
    const id = await world.begun(ann, { settings: { waitingRoom: true } });
    await world.join(id, bob);
    const follow = (user: User) => outcome(mayFollow(world.store.read, user.id, `meeting:${id}`));
    expect([await follow(ann), await follow(bob), await follow(cat)]).toEqual([
      'ok',
      'event.no_subject',
      'event.no_subject',
    ]);
    await world.meetings.add(as(ann), id, 'bob');
    expect(await follow(bob)).toBe('ok');
    await world.meetings.removeParticipant(as(ann), id, 'bob');
    expect(await follow(bob)).toBe('event.no_subject');
    expect(await outcome(mayFollow(world.store.read, ann.id, 'meeting:x'))).toBe('event.no_subject');
  });
});
