import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { as, outcome, service } from '../meetings/meetings.fixture.ts';
import type { User } from '../users/user.ts';
import { type InvitationsWorld, invitationsWorld } from './invitations.fixture.ts';

const START = Date.UTC(2026, 0, 2, 9);
const TIMES = { startTime: START, endTime: START + 1_800_000 };
const LATER = 5 * 60_000;

let world: InvitationsWorld;
let host: User;
let ann: User;
beforeEach(async () => {
  world = await invitationsWorld();
  host = await world.person('host');
  ann = await world.people.put('ann', { displayName: 'Ann', email: 'ann@example.com' });
});
afterEach(() => world.close());

const invite = (id: number, invitees: (string | number)[], message?: string) =>
  world.invitations.invite(as(host), id, invitees, message);
const statuses = async (id: number, invitees: (string | number)[]) =>
  (await invite(id, invitees)).map(({ status }) => status);
const listed = async (id: number) =>
  (await world.invitations.list(as(host), id, { limit: 100, offset: 0 })).invitations;

/** A property of a calendar's text, unfolded. */
const lineOf = (content: string | undefined, name: string) =>
  content
    ?.replace(/\r\n /g, '')
    .split('\r\n')
    .find((line) => line.startsWith(name) && /[:;]/.test(line[name.length] ?? ''));
const sequenceOf = (content: string | undefined) => Number(lineOf(content, 'SEQUENCE')?.split(':')[1]);

describe('inviting', () => {
  it('names accounts as participants and writes to whoever has an address', async () => {
    const id = await world.create(host, TIMES);
    await world.person('silent');
    const invited = await invite(
      id,
      ['ann', 'silent', 'Carol@Example.org', 'nobody'],
      'Bring the plans\n---\nand pens',
    );
    expect(
      invited.map(({ given, user, email, status }) => [given, user?.uid ?? null, email, status]),
    ).toEqual([
      ['ann', 'ann', null, 'invited'],
      ['silent', 'silent', null, 'invited'],
      ['Carol@Example.org', null, 'carol@example.org', 'invited'],
      ['nobody', null, null, 'unknown'],
    ]);
    expect(await world.states(id)).toEqual({ host: 'invited', ann: 'invited', silent: 'invited' });
    expect((await world.log(id, 1)).sort()).toEqual(['meeting.invited', 'meeting.invited']);
    const letters = await world.post();
    expect(letters.map(({ to }) => to)).toEqual(['ann@example.com', 'carol@example.org']);
    expect(letters[0]).toMatchObject({
      subject: '会议邀请：Weekly / Invitation: Weekly',
      // Quoted, for none of it is ours.
      text: expect.stringMatching(/^> Bring the plans\n> ---\n> and pens\n\n---\n/),
      calendar: { method: 'REQUEST', content: expect.stringContaining('METHOD:REQUEST\r\n') },
    });
    for (const part of ['HOST 邀请您', 'HOST invites you', '2026-01-02 09:00 – 09:30 UTC', '/meet/'])
      expect(letters[0]?.text).toContain(part);
    expect(await listed(id)).toMatchObject([
      { userId: ann.id, email: null, by: host.id, sequence: 0 },
      { userId: expect.any(Number) },
      { userId: null, email: 'carol@example.org' },
    ]);
  });

  it('does not tell whose an address is, and gives them no part by it', async () => {
    const id = await world.create(host, TIMES);
    const [known, unknown] = await invite(id, ['ann@example.com', 'stranger@example.com']);
    const shape = (one: typeof known) => ({
      ...one,
      given: '',
      email: '',
      invitation: one?.invitation?.userId,
    });
    expect(shape(known)).toEqual(shape(unknown));
    expect(await world.states(id)).toEqual({ host: 'invited' });
    expect(await world.post()).toHaveLength(2);
  });

  it('writes to nobody twice within minutes, and again after them', async () => {
    const id = await world.create(host, TIMES);
    expect(await statuses(id, ['ann', ann.id, 'ann', 'x@example.com', 'X@example.com', 'host'])).toEqual([
      'invited',
      'already',
      'already',
      'invited',
      'already',
      'already',
    ]);
    expect(await statuses(id, ['ann', 'x@example.com'])).toEqual(['already', 'already']);
    expect(await world.post()).toHaveLength(2);
    world.clock.turn(LATER);
    expect(await statuses(id, ['ann', 'x@example.com'])).toEqual(['invited', 'invited']);
    expect(await world.post()).toHaveLength(2);
    expect(await listed(id)).toHaveLength(2);
    expect(await world.log(id, 1)).toEqual(['meeting.invited']);
  });

  it('fills nobody’s mailbox, however many invite them; services are not counted', async () => {
    const to = 'x@example.com';
    for (let i = 0; i < 42; i++) await invite(await world.create(host), [to]);
    expect(await world.post()).toHaveLength(40);
    const id = await world.create(host);
    await invite(id, ['y@example.com']);
    await world.invitations.invite(service, id, [to]);
    expect((await world.post()).map((letter) => letter.to)).toEqual([to, 'y@example.com']);
    world.clock.turn(3_600_000);
    await invite(await world.create(host), [to]);
    expect(await world.post()).toHaveLength(1);
  });

  it('is once, also when several do it at once', async () => {
    const id = await world.create(host, TIMES);
    const all = await Promise.all([1, 2, 3].map(() => statuses(id, ['ann', 'x@example.com'])));
    expect(all.flat().filter((status) => status === 'invited')).toHaveLength(2);
    expect([(await world.post()).length, (await listed(id)).length]).toEqual([2, 2]);
  });

  it('refuses what can be nobody, and invites nobody then', async () => {
    const id = await world.create(host);
    const bad = [
      '',
      'two words',
      'a@b\r\nBcc: c@d',
      '<a>@b',
      'a,b@c',
      `${'x'.repeat(250)}@example.com`,
      -1,
      1.5,
    ];
    for (const one of bad) {
      const error = { code: 'invalid', details: { field: 'invitees' } };
      await expect(invite(id, ['ann', one])).rejects.toMatchObject(error);
    }
    await expect(invite(id, [])).rejects.toMatchObject({ code: 'invalid' });
    await expect(invite(id, Array(101).fill('ann'))).rejects.toMatchObject({ code: 'invalid' });
    for (const message of ['x'.repeat(1001), 'bell \u0007', '\ud800']) {
      await expect(invite(id, ['ann'], message)).rejects.toMatchObject({ details: { field: 'message' } });
    }
    expect([await listed(id), await world.states(id), await world.post()]).toEqual([
      [],
      { host: 'invited' },
      [],
    ]);
  });

  it('knows nobody who is banned, deleted or a guest', async () => {
    const id = await world.create(host);
    await world.people.put('ann', { status: 'banned' });
    await world.person('gone');
    await world.people.remove('gone');
    expect(await statuses(id, ['ann', 'gone'])).toEqual(['unknown', 'unknown']);
  });

  it('is for host, moderators, administrators and services', async () => {
    const id = await world.create(host);
    const admin = await world.person('admin', 'admin');
    const bob = await world.person('bob');
    await world.meetings.add(as(host), id, ann.id);
    const attempt = (asker: Parameters<typeof world.invitations.invite>[0], who: string) =>
      outcome(world.invitations.invite(asker, id, [who]));
    expect(await attempt(as(ann), 'bob')).toBe('meeting.not_allowed');
    expect(await attempt(as(bob), 'bob')).toBe('meeting.not_in');
    await world.meetings.setRole(as(host), id, ann.id, 'moderator');
    expect(await attempt(as(ann), 'a@example.com')).toBe('ok');
    expect(await attempt(as(admin), 'b@example.com')).toBe('ok');
    expect(await attempt(service, 'c@example.com')).toBe('ok');
    expect(await outcome(world.invitations.list(as(bob), id, { limit: 1, offset: 0 }))).toBe(
      'meeting.not_in',
    );
    expect(await outcome(world.invitations.invite(as(host), 2 ** 40, ['ann']))).toBe('meeting.unknown');
    await world.meetings.remove(as(host), id);
    expect(await attempt(as(host), 'd@example.com')).toBe('meeting.over');
  });

  it('lets nobody in who waits', async () => {
    const id = await world.begun(host, { settings: { waitingRoom: true } });
    await world.join(id, ann);
    expect((await world.part(id, ann)).state).toBe('waiting');
    expect(await statuses(id, ['ann'])).toEqual(['invited']);
    expect((await world.part(id, ann)).state).toBe('waiting');
  });
});

describe('what the invited hear', () => {
  it('is another time or title, with the next sequence of the same entry', async () => {
    const id = await world.create(host, TIMES);
    await invite(id, ['ann', 'x@example.com']);
    const [first] = await world.post();
    await world.meetings.update(as(host), id, { startTime: START + 3_600_000, endTime: START + 7_200_000 });
    await world.meetings.update(as(host), id, { description: 'Of no matter to calendars' });
    const moved = await world.post();
    expect(moved.map(({ to }) => to)).toEqual(['ann@example.com', 'x@example.com']);
    expect(moved[0]?.subject).toContain('Changed: Weekly');
    const calendar = moved[0]?.calendar?.content;
    expect(lineOf(calendar, 'UID')).toBe(lineOf(first?.calendar?.content, 'UID'));
    expect(lineOf(calendar, 'DTSTART')).toBe('DTSTART:20260102T100000Z');
    expect([sequenceOf(first?.calendar?.content), sequenceOf(calendar)]).toEqual([0, 1]);
    await world.meetings.update(as(host), id, { title: 'Monthly' });
    const [renamed] = await world.post();
    expect([lineOf(renamed?.calendar?.content, 'SUMMARY'), sequenceOf(renamed?.calendar?.content)]).toEqual([
      'SUMMARY:Monthly',
      2,
    ]);
    world.clock.turn(LATER);
    await invite(id, ['new@example.com']);
    expect(sequenceOf((await world.post())[0]?.calendar?.content)).toBe(2);
  });

  it('is not one change after the other: what they would not be told is not changed', async () => {
    const id = await world.create(host);
    await invite(id, ['ann']);
    const rename = (title: string) => outcome(world.meetings.update(as(host), id, { title }));
    for (let i = 1; i <= 20; i++) expect(await rename(`No. ${i}`)).toBe('ok');
    expect(await rename('No. 21')).toBe('meeting.told_often');
    expect(await world.store.read.meetings.head(id)).toMatchObject({ title: 'No. 20' });
    expect(await world.post()).toHaveLength(21);
    await world.meetings.update(as(host), id, { description: 'Of no matter to calendars' });
    world.clock.turn(3_600_000);
    expect(await rename('No. 21')).toBe('ok');
    await world.meetings.remove(as(host), id);
    expect(await world.post()).toHaveLength(2);
  });

  it('is that it is cancelled', async () => {
    const id = await world.create(host, TIMES);
    await invite(id, ['ann']);
    await world.post();
    await world.meetings.remove(as(host), id);
    expect(await world.post()).toMatchObject([
      {
        to: 'ann@example.com',
        subject: expect.stringContaining('Cancelled: Weekly'),
        text: expect.not.stringContaining('/meet/'),
        calendar: {
          method: 'CANCEL',
          content: expect.stringMatching(/METHOD:CANCEL\r\n[\s\S]+STATUS:CANCELLED\r\n/),
        },
      },
    ]);
  });

  it('is mail without a file where no time is planned; a time that goes is taken out of calendars', async () => {
    const id = await world.create(host);
    await invite(id, ['ann']);
    expect((await world.post())[0]).toEqual({
      to: 'ann@example.com',
      subject: expect.any(String),
      text: expect.stringContaining('no time is planned'),
    });
    await world.meetings.update(as(host), id, TIMES);
    expect((await world.post())[0]?.calendar?.method).toBe('REQUEST');
    await world.meetings.update(as(host), id, { startTime: null, endTime: null });
    expect((await world.post())[0]?.calendar).toMatchObject({
      method: 'CANCEL',
      content: expect.stringContaining('DTSTART:20260102T090000Z'),
    });
  });

  it('is never the password, and no line of the inviter’s making in subject or calendar', async () => {
    const id = await world.create(host, {
      ...TIMES,
      title: 'Plan\r\nBcc: evil@example.com\nATTENDEE:mailto:evil@example.com',
      description: 'One\r\nEND:VEVENT',
      password: 'open sesame',
    });
    await world.people.put('ann', { displayName: 'An"n; "x:y' });
    await invite(id, ['ann']);
    const [letter] = await world.post();
    expect(letter?.subject).not.toMatch(/[\r\n]/);
    expect(JSON.stringify(letter)).not.toContain('open sesame');
    const lines = letter?.calendar?.content.replace(/\r\n /g, '').split('\r\n') ?? [];
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toHaveLength(1);
    expect(lines.filter((line) => line === 'END:VEVENT')).toHaveLength(1);
  });

  it('stops with their removal, and with their account', async () => {
    const id = await world.create(host, TIMES);
    await invite(id, ['ann', 'bob@example.com']);
    await world.post();
    await world.meetings.removeParticipant(as(host), id, ann.id);
    expect(await world.post()).toMatchObject([{ to: 'ann@example.com', calendar: { method: 'CANCEL' } }]);
    const bob = await world.people.put('bob', { email: 'bob@example.com' });
    await world.people.remove(bob.id);
    await world.meetings.update(as(host), id, { title: 'Other' });
    expect([await world.post(), await listed(id)]).toEqual([[], []]);
  });
});

describe('taking an invitation back', () => {
  it('tells them, and closes the door to who has not come', async () => {
    const id = await world.create(host, TIMES);
    const [one, two] = await invite(id, ['ann', 'x@example.com']);
    await world.post();
    for (const invited of [one, two, one])
      await world.invitations.withdraw(as(host), id, invited?.invitation?.id ?? '');
    expect((await world.post()).map(({ to, calendar }) => [to, calendar?.method])).toEqual([
      ['ann@example.com', 'CANCEL'],
      ['x@example.com', 'CANCEL'],
    ]);
    expect([await listed(id), (await world.part(id, ann)).state]).toEqual([[], 'removed']);
    expect(await statuses(id, ['ann'])).toEqual(['invited']);
    expect((await world.part(id, ann)).state).toBe('invited');
    expect(sequenceOf((await world.post())[0]?.calendar?.content)).toBe(1);
  });

  it('leaves alone who has come', async () => {
    const id = await world.begun(host, TIMES);
    const [one] = await invite(id, ['ann']);
    await world.join(id, ann);
    await world.invitations.withdraw(as(host), id, one?.invitation?.id ?? '');
    expect((await world.part(id, ann)).state).toBe('online');
  });

  it('is for who may invite, of what there is in this meeting', async () => {
    const id = await world.create(host);
    const other = await world.create(host);
    const [one] = await invite(id, ['ann']);
    const take = (asker: User, meeting: number, name = one?.invitation?.id ?? '') =>
      outcome(world.invitations.withdraw(as(asker), meeting, name));
    expect(await take(ann, id)).toBe('meeting.not_allowed');
    expect(await take(host, other)).toBe('meeting.no_invitation');
    expect(await take(host, id, 'inv_none')).toBe('meeting.no_invitation');
  });
});

describe('a series’ file', () => {
  it('repeats by its rule and its clocks', async () => {
    const { series } = await world.series.create(as(host), {
      title: 'Weekly',
      startTime: Date.UTC(2040, 2, 5, 9),
      endTime: Date.UTC(2040, 2, 5, 10),
      recurrence: { rule: 'FREQ=WEEKLY;COUNT=10', timezone: 'Europe/Berlin', exdates: ['2040-03-26'] },
    });
    const file = await world.invitations.seriesCalendar(as(host), series.id);
    expect(file).toContain('DTSTART;TZID=Europe/Berlin:20400305T100000\r\n');
    expect(file).toContain('RRULE:FREQ=WEEKLY;COUNT=10\r\n');
    expect(file).toContain('EXDATE;TZID=Europe/Berlin:20400326T100000\r\n');
    expect(lineOf(file, 'URL')).toContain('https://call.example.com/meetings');
    const { meetings } = await world.series.meetings(as(host), series.id, { limit: 3, offset: 0 });
    const [first, second] = meetings.map(({ id }) => id);
    await world.meetings.remove(as(host), first ?? 0);
    await world.meetings.update(as(host), second ?? 0, { title: 'In the park' });
    world.clock.turn(1000);
    const now = await world.invitations.seriesCalendar(as(host), series.id);
    expect(now).toContain('EXDATE;TZID=Europe/Berlin:20400305T100000\r\n');
    expect(now).toMatch(/RECURRENCE-ID;TZID=Europe\/Berlin:20400312T100000[\s\S]+SUMMARY:In the park/);
    expect(now).toContain(`https://call.example.com/meet/${second}`);
    expect(sequenceOf(now)).toBeGreaterThan(sequenceOf(file));
    expect(await outcome(world.invitations.seriesCalendar(as(ann), series.id))).toMatch(/^series\./);
  });

  it('is mailed of meeting by meeting to who is invited to one', async () => {
    const { series, next } = await world.series.create(as(host), {
      title: 'Weekly',
      startTime: Date.UTC(2040, 2, 5, 9),
      endTime: Date.UTC(2040, 2, 5, 10),
      recurrence: { rule: 'FREQ=WEEKLY;COUNT=10', timezone: 'UTC' },
    });
    await invite(next?.id ?? 0, ['ann']);
    await world.post();
    await world.series.update(as(host), series.id, { title: 'Fortnightly' });
    await world.series.cancel(as(host), series.id);
    expect((await world.post()).map(({ calendar }) => calendar?.method).sort()).toEqual([
      'CANCEL',
      'REQUEST',
    ]);
  });
});

describe('a meeting’s file', () => {
  it('is for whoever may read it, and needs a time', async () => {
    const id = await world.create(host, { ...TIMES, password: 'sesame' });
    const file = await world.invitations.calendar(as(host), id);
    expect(file).toContain('METHOD:PUBLISH\r\n');
    expect(file).not.toContain('ATTENDEE');
    expect(lineOf(file, 'URL')).toContain(`https://call.example.com/meet/${id}`);
    expect(await outcome(world.invitations.calendar(as(ann), id))).toBe('meeting.password_needed');
    const timeless = await world.create(host);
    expect(await outcome(world.invitations.calendar(as(host), timeless))).toBe('meeting.no_time');
  });
});

it('whose maker has deleted their account are cancelled, and the invited told as of any other', async () => {
  const maker = await world.person('maker');
  const id = await world.create(maker, TIMES);
  await world.invitations.invite(as(maker), id, ['ann']);
  await world.post();
  await world.people.remove('maker');
  await world.meetings.expel(maker.id, 'removed');
  const [letter, ...more] = await world.post();
  expect([letter?.to, letter?.calendar?.method, more]).toEqual(['ann@example.com', 'CANCEL', []]);
});
