import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { as, type MeetingsWorld, meetingsWorld, outcome, service } from '../meetings/meetings.fixture.ts';
import { CHEAP } from '../users/people.fixture.ts';
import type { User } from '../users/user.ts';
import type { SeriesAsk } from './clean.ts';
import { cancel, follow } from './hand.ts';
import { RecurringMeetings } from './recurring.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PAGE = { limit: 100, offset: 0 };

let world: MeetingsWorld;
let series: RecurringMeetings;
let ann: User;
let bob: User;
beforeAll(async () => {
  world = await meetingsWorld();
  series = over();
  [ann, bob] = [await world.person('ann'), await world.person('bob')];
});
afterAll(() => world.close());

const over = () => {
  const { store, clock, meetings, people, failures } = world;
  const failed = (_: string, error: unknown) => void failures.push(error);
  return new RecurringMeetings({ store, clock, meetings, people, passwords: CHEAP, failed });
};
/** The next Monday at ten in Shanghai, from the world's now. */
function monday(): number {
  const today = Math.floor(world.clock.now() / DAY) * DAY;
  const weekday = new Date(today).getUTCDay();
  return today + (((8 - weekday) % 7) + 7) * DAY + 2 * HOUR;
}
const ask = (rule: string, more: Partial<SeriesAsk> = {}): SeriesAsk => ({
  title: 'Sync',
  startTime: monday(),
  endTime: monday() + HOUR,
  recurrence: { rule, timezone: 'Asia/Shanghai' },
  ...more,
});
const create = async (rule: string, more: Partial<SeriesAsk> = {}) =>
  (await series.create(as(ann), ask(rule, more))).series.id;
const meetingsOf = async (id: number) => (await series.meetings(as(ann), id, PAGE)).meetings;
/** The days that have a meeting, and how it stands. */
const planned = async (id: number) =>
  (await meetingsOf(id))
    .filter(({ status }) => status === 'scheduled')
    .map(({ startTime }) => startTime ?? 0);
async function nth(id: number, n: number) {
  const one = (await meetingsOf(id))[n];
  if (!one) throw new Error(`series ${id} has no meeting ${n}`);
  return one;
}
async function rejected(asked: Promise<unknown>) {
  const error = await asked.then(
    () => undefined,
    (reason) => reason,
  );
  return [error?.code, error?.details.field];
}

describe('a new series', () => {
  it('has its meetings of the next weeks, each one of its own with its host', async () => {
    const first = monday();
    const view = await series.create(as(ann), ask('FREQ=WEEKLY;BYDAY=MO', { settings: { chat: false } }));
    const made = await meetingsOf(view.series.id);
    expect(view.series).toMatchObject({
      title: 'Sync',
      creatorId: ann.id,
      state: 'active',
      durationMs: HOUR,
      rule: 'FREQ=WEEKLY;BYDAY=MO',
    });
    expect(made.map(({ startTime }) => startTime)).toEqual(
      Array.from({ length: made.length }, (_, i) => first + i * 7 * DAY),
    );
    expect(made.length).toBeGreaterThanOrEqual(7);
    expect(made.at(-1)?.startTime).toBeLessThan(world.clock.now() + 60 * DAY);
    expect(view.next?.id).toBe(made[0]?.id);
    expect(made[1]).toMatchObject({
      status: 'scheduled',
      seriesId: view.series.id,
      endTime: first + 7 * DAY + HOUR,
      settings: { chat: false, screenShare: true },
    });
    expect(await world.roles(made[1]?.id ?? 0)).toEqual({ ann: 'host' });
    expect(await world.log(made[1]?.id ?? 0)).toEqual(['meeting.created']);
  });

  it('has the next three at least, and no more than its rule', async () => {
    expect(await planned(await create('FREQ=YEARLY'))).toHaveLength(3);
    expect(await planned(await create('FREQ=MONTHLY;COUNT=2'))).toHaveLength(2);
  });

  it('begins with its first occurrence, whatever day was named', async () => {
    const view = await series.create(as(ann), ask('FREQ=WEEKLY;BYDAY=WE;COUNT=2'));
    expect(view.series.start).toBe(new Date(monday() + 2 * DAY + 8 * HOUR).toISOString().slice(0, 19));
    expect(await planned(view.series.id)).toEqual([monday() + 2 * DAY, monday() + 9 * DAY]);
  });

  it('is made by a service for whom it names, and refused with the field', async () => {
    const made = await series.create(service, ask('FREQ=DAILY;COUNT=1', { creator: 'bob' }));
    expect(made.series.creatorId).toBe(bob.id);
    expect(await outcome(series.create(service, ask('FREQ=DAILY;COUNT=1')))).toBe('invalid.field');
    const wrong: [Partial<SeriesAsk>, string][] = [
      [{ recurrence: { rule: 'FREQ=HOURLY', timezone: 'UTC' } }, 'recurrence.rule'],
      [{ recurrence: { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', timezone: 'UTC' } }, 'recurrence.rule'],
      [{ recurrence: { rule: 'FREQ=DAILY;UNTIL=20200101', timezone: 'UTC' } }, 'recurrence.rule'],
      [{ recurrence: { rule: 'FREQ=DAILY', timezone: 'Mars/Olympus' } }, 'recurrence.timezone'],
      [
        { recurrence: { rule: 'FREQ=DAILY', timezone: 'UTC', exdates: ['2026-02-30'] } },
        'recurrence.exdates',
      ],
      [{ endTime: monday() }, 'end_time'],
      [{ startTime: Date.UTC(9999, 11, 31), endTime: Date.UTC(9999, 11, 31, 1) }, 'start_time'],
      [{ endTime: monday() + 25 * HOUR }, 'end_time'],
      [{ title: ' ' }, 'title'],
      [{ password: '' }, 'password'],
    ];
    const before = await world.store.read.meetings.count({});
    for (const [more, field] of wrong) {
      expect(await rejected(series.create(as(ann), ask('FREQ=DAILY', more)))).toEqual(['invalid', field]);
    }
    expect(await world.store.read.meetings.count({})).toBe(before);
  });
});

describe('as time goes on', () => {
  it('meetings are made before it comes, once each however many nodes look, and it ends', async () => {
    const id = await create('FREQ=WEEKLY;COUNT=14', { password: 'let me in' });
    const made = (await planned(id)).length;
    expect(made).toBeLessThan(14);
    world.clock.turn(21 * DAY);
    await Promise.all([series.sweep(), over().sweep(), series.sweep()]);
    const all = await meetingsOf(id);
    expect(all).toHaveLength(made + 3);
    expect(all.at(-1)?.hasPassword).toBe(true);
    const joined = await world.join(all.at(-1)?.id ?? 0, bob, 'let me in');
    expect(joined.participant.state).toBe('online');
    expect(await series.sweep()).toBe(0);
    world.clock.turn(100 * DAY);
    await series.sweep();
    const { series: ended } = await series.get(as(ann), id);
    expect(ended).toMatchObject({ state: 'ended', lookAt: null });
    expect(await outcome(series.update(as(ann), id, { title: 'Late' }))).toBe('series.over');
  });

  it('nothing is made for a creator who is banned, until they are back', async () => {
    const zoe = await world.person('zoe');
    const { series: made } = await series.create(as(zoe), ask('FREQ=WEEKLY'));
    const before = (await series.meetings(service, made.id, PAGE)).total;
    await world.store.transaction((tx) => tx.users.update(zoe.id, { status: 'banned' }));
    world.clock.turn(8 * DAY);
    await series.sweep();
    expect((await series.meetings(service, made.id, PAGE)).total).toBe(before);
    await world.store.transaction((tx) => tx.users.update(zoe.id, { status: 'active' }));
    world.clock.turn(DAY);
    await series.sweep();
    expect((await series.meetings(service, made.id, PAGE)).total).toBeGreaterThan(before);
  });
});

describe('a change of the series', () => {
  it('changes all its meetings to come but those that were changed or cancelled by themselves', async () => {
    const id = await create('FREQ=WEEKLY');
    const [own, gone, follows] = [await nth(id, 1), await nth(id, 2), await nth(id, 3)];
    await world.meetings.update(as(ann), own.id, { title: 'Board' });
    await world.meetings.remove(as(ann), gone.id);
    await series.update(as(ann), id, {
      title: 'Retro',
      settings: { waitingRoom: true },
      password: 'pass',
      startTime: monday() + 3 * HOUR,
      endTime: monday() + 5 * HOUR,
    });
    expect(await world.get(own.id)).toMatchObject({
      title: 'Board',
      startTime: own.startTime,
      hasPassword: false,
    });
    expect(await world.get(gone.id)).toMatchObject({ title: 'Sync', status: 'cancelled' });
    expect(await world.get(follows.id)).toMatchObject({
      title: 'Retro',
      startTime: (follows.startTime ?? 0) + 3 * HOUR,
      endTime: (follows.startTime ?? 0) + 5 * HOUR,
      settings: { waitingRoom: true, chat: true },
      hasPassword: true,
      status: 'scheduled',
    });
    expect(await world.log(follows.id)).toEqual(['meeting.created', 'meeting.updated']);
    const days = (await meetingsOf(id)).map(({ occurrenceDay }) => occurrenceDay);
    expect(new Set(days).size).toBe(days.length);
    // What came to be the same again follows again.
    await series.update(as(ann), id, { title: 'Demo', password: null });
    expect(await world.get(follows.id)).toMatchObject({ title: 'Demo', hasPassword: false });
    expect(await world.get(own.id)).toMatchObject({ title: 'Board' });
  });

  it('of the rule cancels what is of it no longer and makes what is new; back again too', async () => {
    const id = await create('FREQ=WEEKLY;BYDAY=MO');
    const [first] = await planned(id);
    const gone = await nth(id, 2);
    await world.meetings.remove(as(ann), gone.id);
    // For good: no row tells of it any more.
    await world.meetings.remove(as(ann), gone.id);
    await series.update(as(ann), id, { recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO,TU' } });
    const both = await planned(id);
    expect(both.slice(0, 3)).toEqual([first, monday() + DAY, monday() + 7 * DAY]);
    expect(both).not.toContain(gone.startTime);
    await series.update(as(ann), id, { recurrence: { rule: 'FREQ=WEEKLY;BYDAY=TU' } });
    expect((await planned(id))[0]).toBe(monday() + DAY);
    await series.update(as(ann), id, {
      recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO', exdates: [] },
      startTime: monday(),
    });
    expect((await planned(id))[0]).toBe(monday());
    expect((await series.get(as(ann), id)).next?.startTime).toBe(monday());
  });

  it('of how often keeps what was made further ahead, and makes the other days once they come near', async () => {
    const [follows, own] = [await create('FREQ=MONTHLY'), await create('FREQ=MONTHLY')];
    const [one, other] = [await nth(follows, 2), await nth(own, 2)];
    await world.meetings.update(as(ann), other.id, { title: 'Board' });
    for (const id of [follows, own]) {
      await series.update(as(ann), id, { title: 'Often', recurrence: { rule: 'FREQ=DAILY' } });
    }
    expect(await world.get(one.id)).toMatchObject({ title: 'Often', status: 'scheduled' });
    await series.update(as(ann), follows, { title: 'Once more' });
    expect(await world.get(one.id)).toMatchObject({ title: 'Once more', status: 'scheduled' });
    expect(await world.get(other.id)).toMatchObject({ title: 'Board', status: 'scheduled' });
    world.clock.turn(40 * DAY);
    await series.sweep();
    for (const id of [follows, own]) {
      const { meetings } = await series.meetings(as(ann), id, { limit: 200, offset: 0 });
      expect(meetings.at(-1)?.startTime).toBeGreaterThan((one.startTime ?? 0) + DAY);
      expect(new Set(meetings.map(({ occurrenceDay }) => occurrenceDay)).size).toBe(meetings.length);
    }
  });

  it('leaves alone what goes on, and refuses a rule without a meeting to come', async () => {
    const id = await create('FREQ=DAILY;COUNT=5');
    const { id: running } = await nth(id, 0);
    await world.meetings.start(as(ann), running);
    await series.update(as(ann), id, { title: 'Other' });
    expect(await world.get(running)).toMatchObject({ title: 'Sync', status: 'ongoing' });
    const never = { recurrence: { rule: 'FREQ=DAILY;UNTIL=20200101' } };
    expect(await rejected(series.update(as(ann), id, never))).toEqual(['invalid', 'recurrence.rule']);
    await series.cancel(as(ann), id);
    expect(await world.get(running)).toMatchObject({ status: 'ongoing' });
    expect(await planned(id)).toEqual([]);
    await world.meetings.end(as(ann), running);
  });
});

describe('a meeting that has changed since the change of its series began', () => {
  it('is left as it is: it goes on, or is over, and the others follow', async () => {
    const { series: before } = await series.create(as(ann), ask('FREQ=DAILY;COUNT=3'));
    const [running, over] = [await nth(before.id, 0), await nth(before.id, 1)];
    await world.meetings.start(as(ann), running.id);
    await world.meetings.remove(as(ann), over.id);
    const versions = async () => [(await world.get(running.id)).version, (await world.get(over.id)).version];
    const as0 = await versions();
    await world.meetings.together(async (steps) => {
      for (const { id, startTime } of [running, over]) {
        const was = { series: before, passwordHash: null, at: startTime ?? 0 };
        await follow(steps, id, was, { ...was, series: { ...before, title: 'Other' } }, as(ann));
        await follow(steps, id, was, null, as(ann));
        await cancel(steps, id, as(ann));
      }
    });
    expect(await versions()).toEqual(as0);
    await world.meetings.end(as(ann), running.id);
  });
});

describe('from one of its meetings on a series', () => {
  it('is changed as one of its own, and both together have the same days as before', async () => {
    const id = await create('FREQ=WEEKLY;COUNT=12', { password: 'pass' });
    const made = await meetingsOf(id);
    const from = await nth(id, 3);
    await world.meetings.update(as(ann), (await nth(id, 4)).id, { title: 'Own' });
    const view = await series.update(as(ann), id, { title: 'Later' }, from.id);
    expect(view.series).toMatchObject({ title: 'Later', rule: 'FREQ=WEEKLY;COUNT=9', hasPassword: true });
    expect(view.series.id).not.toBe(id);
    expect((await series.get(as(ann), id)).series).toMatchObject({
      title: 'Sync',
      rule: 'FREQ=WEEKLY;COUNT=3',
    });
    expect((await meetingsOf(id)).map((one) => one.id)).toEqual(made.slice(0, 3).map((one) => one.id));
    const later = await meetingsOf(view.series.id);
    expect(later.map((one) => one.id)).toEqual(made.slice(3).map((one) => one.id));
    expect(later.map(({ title }) => title).slice(0, 3)).toEqual(['Later', 'Own', 'Later']);
    expect((await world.join(from.id, bob, 'pass')).participant.state).toBe('online');
    await world.meetings.end(as(ann), from.id);
  });

  it('is cancelled, and goes on until there', async () => {
    const id = await create('FREQ=WEEKLY', {
      recurrence: { rule: 'FREQ=WEEKLY', timezone: 'Asia/Shanghai' },
    });
    const [first, second] = await planned(id);
    const view = await series.cancel(as(ann), id, (await nth(id, 2)).id);
    expect(view.series.state).toBe('active');
    expect(view.series.rule).toMatch(/^FREQ=WEEKLY;UNTIL=\d{8}T155959Z$/);
    expect(await planned(id)).toEqual([first, second]);
    await series.sweep();
    expect(await planned(id)).toEqual([first, second]);
    await series.cancel(as(ann), id, (await nth(id, 0)).id);
    expect((await series.get(as(ann), id)).series.state).toBe('ended');
  });

  it('is not that from a meeting of another', async () => {
    const [id, other] = [await create('FREQ=DAILY;COUNT=2'), await create('FREQ=DAILY;COUNT=2')];
    const { id: stranger } = await nth(other, 0);
    expect(await rejected(series.update(as(ann), id, {}, stranger))).toEqual(['invalid', 'from_meeting']);
    expect(await rejected(series.cancel(as(ann), id, stranger))).toEqual(['invalid', 'from_meeting']);
    expect(await rejected(series.cancel(as(ann), id, 99_999))).toEqual(['invalid', 'from_meeting']);
  });
});

describe('a series is', () => {
  it('cancelled with all that has not begun; once more is the same', async () => {
    const id = await create('FREQ=DAILY');
    await series.cancel(as(ann), id);
    const view = await series.cancel(as(ann), id);
    expect(view).toMatchObject({ series: { state: 'ended' }, next: undefined });
    expect(new Set((await meetingsOf(id)).map(({ status }) => status))).toEqual(new Set(['cancelled']));
    world.clock.turn(5 * DAY);
    expect(await series.sweep()).toBeGreaterThanOrEqual(0);
    expect(await planned(id)).toEqual([]);
  });

  it('cancelled without those that are past, though nobody came to them', async () => {
    const id = await create('FREQ=DAILY;COUNT=4');
    const [first, last] = [await nth(id, 0), await nth(id, 3)];
    world.clock.turn((first.endTime ?? 0) + 1 - world.clock.now());
    await series.cancel(as(ann), id);
    expect([(await world.get(first.id)).status, (await world.get(last.id)).status]).toEqual([
      'scheduled',
      'cancelled',
    ]);
  });

  it('changed and cancelled by an administrator, which the audit log has of each meeting', async () => {
    const id = await create('FREQ=DAILY;COUNT=2');
    const boss = await world.person('boss', 'admin');
    await series.update(as(boss), id, { title: 'By the boss' });
    await series.cancel(as(boss), id);
    const acts = (await world.store.read.audit.page({ actorId: boss.id }, 10, 0)).map(
      ({ action, target }) => [action, target],
    );
    const [first, second] = (await meetingsOf(id)).map((one) => `meeting:${one.id}`);
    expect(acts).toEqual([
      ['meeting.cancelled', second],
      ['meeting.cancelled', first],
      ['meeting.updated', second],
      ['meeting.updated', first],
    ]);
  });

  it('its creator’s, and read by whoever has a part in one of its meetings', async () => {
    const id = await create('FREQ=DAILY;COUNT=2');
    const admin = await world.person('root', 'admin');
    const tried = (user: User) =>
      Promise.all([
        outcome(series.get(as(user), id)),
        outcome(series.meetings(as(user), id, PAGE)),
        outcome(series.update(as(user), id, {})),
      ]);
    const not = 'series.not_yours';
    expect(await tried(bob)).toEqual([not, not, not]);
    await world.meetings.add(as(ann), (await nth(id, 1)).id, bob.uid);
    expect(await tried(bob)).toEqual(['ok', 'ok', not]);
    expect(await tried(admin)).toEqual(['ok', 'ok', 'ok']);
    expect(await outcome(series.cancel(as(bob), id))).toBe(not);
    expect(await outcome(series.get(as(ann), 10_000))).toBe('series.unknown');
    const mine = await series.mine(as(ann), { limit: 2, offset: 0 });
    expect(mine.series.map((one) => one.series.id)).toContain(id);
    expect(mine.total).toBeGreaterThan(2);
    expect((await series.mine(as(admin), PAGE)).total).toBe(0);
  });
});
