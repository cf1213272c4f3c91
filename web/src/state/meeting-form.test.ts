import { expect, test } from 'vitest';
import { changesIn, checkForm, moveStart, newForm, seriesChangesIn, seriesIn } from './meeting-form.ts';
import { joined, meetingIdIn } from './meeting-link.ts';

const form = { ...newForm(new Date(2026, 0, 1, 10, 5)), title: 'Weekly' };

test('a new one lasts an hour from the next half hour', () => {
  expect([form.start, form.end]).toEqual(['2026-01-01T10:30', '2026-01-01T11:30']);
  expect(checkForm(form)).toEqual({});
});

test('what is wrong is said at its field', () => {
  expect(checkForm({ ...form, title: '  ' })).toEqual({ title: 'meeting.badTitle' });
  expect(checkForm({ ...form, start: '2026-13-45T99:00' })).toEqual({ start: 'meeting.badStart' });
  expect(checkForm({ ...form, end: form.start })).toEqual({ end: 'meeting.badEnd' });
  expect(checkForm({ ...form, start: '', end: '' })).toEqual({});
});

test('the end follows the beginning', () => {
  expect(moveStart(form, '2026-01-02T09:00').end).toBe('2026-01-02T10:00');
  expect(moveStart(form, '')).toMatchObject({ start: '', end: form.end });
});

test('an empty password leaves the old one, or takes it away', () => {
  expect(changesIn(form, true)).not.toHaveProperty('password');
  expect(changesIn(form, false)).toMatchObject({ password: null });
  expect(changesIn({ ...form, password: 'x' }, true)).toMatchObject({ password: 'x' });
});

test('what recurs has both times, within a day, and an end that can be read', () => {
  const daily = { ...form, repeat: { ...form.repeat, kind: 'daily' as const } };
  expect(checkForm(daily)).toEqual({});
  expect(checkForm({ ...daily, start: '' })).toEqual({ start: 'meeting.badStart' });
  expect(checkForm({ ...daily, end: '' })).toEqual({ end: 'meeting.badStart' });
  expect(checkForm({ ...daily, end: '2026-01-02T10:31' })).toEqual({ end: 'repeat.tooLong' });
  const ends = (more: object) => checkForm({ ...daily, repeat: { ...daily.repeat, ...more } });
  expect(ends({ ends: 'date', until: '' })).toEqual({ repeat: 'repeat.badDay' });
  expect(ends({ ends: 'count', count: '501' })).toEqual({ repeat: 'repeat.badCount' });
  expect(ends({ ends: 'count', count: '500' })).toEqual({});
});

test('a rule that nobody touched is not sent again', () => {
  const before = { ...form, repeat: { ...form.repeat, kind: 'weekly' as const } };
  const place = 'Asia/Shanghai';
  expect(seriesIn(before, true, place).recurrence).toEqual({
    rule: 'FREQ=WEEKLY;BYDAY=TH',
    timezone: place,
  });
  const later = moveStart(before, '2026-01-01T12:00');
  expect(seriesChangesIn(later, before, true, place)).not.toHaveProperty('recurrence');
  const friday = moveStart(before, '2026-01-02T12:00');
  expect(seriesChangesIn(friday, before, true, place).recurrence?.rule).toBe('FREQ=WEEKLY;BYDAY=FR');
});

test('a number or a link names a meeting', () => {
  for (const text of ['12', ' 12 ', 'https://a.example/meet/12', 'https://a.example/meetings/12/'])
    expect(meetingIdIn(text)).toBe(12);
  for (const text of ['', '0', 'abc', 'https://a.example/rooms/12', '-3'])
    expect(meetingIdIn(text)).toBeUndefined();
});

test('one that is on two pages is listed once', () => {
  const one = { id: 1 } as never;
  const two = { id: 2 } as never;
  expect(joined([one], [one, two])).toEqual([one, two]);
});
