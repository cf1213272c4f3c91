import { expect, test } from 'vitest';
import { changesIn, checkForm, moveStart, newForm } from './meeting-form.ts';
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
