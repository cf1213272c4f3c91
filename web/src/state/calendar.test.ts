import { expect, test } from 'vitest';
import { localInput, monthAfter, nextHalfHour, sameDay, weeksOf } from './calendar.ts';

const days = (month: Date, first: number) =>
  weeksOf(month, first).map((week) => week.map((d) => d.date.getDate()));

test('a month lies in whole weeks, from whichever day they begin with', () => {
  expect(days(new Date(2026, 1, 15), 1)).toEqual([
    [26, 27, 28, 29, 30, 31, 1],
    [2, 3, 4, 5, 6, 7, 8],
    [9, 10, 11, 12, 13, 14, 15],
    [16, 17, 18, 19, 20, 21, 22],
    [23, 24, 25, 26, 27, 28, 1],
  ]);
  // February 2026 begins on a Sunday and has exactly four weeks.
  expect(days(new Date(2026, 1, 15), 0)).toHaveLength(4);
  expect(
    weeksOf(new Date(2026, 1, 1), 1)
      .flat()
      .filter((day) => day.inMonth),
  ).toHaveLength(28);
});

test('months follow each other over the year', () => {
  expect(monthAfter(new Date(2026, 11, 31), 1)).toEqual(new Date(2027, 0, 1));
  expect(monthAfter(new Date(2026, 0, 31), -1)).toEqual(new Date(2025, 11, 1));
});

test('a moment in a field is read back as the same', () => {
  const at = new Date(2026, 2, 5, 9, 7);
  expect(localInput(at)).toBe('2026-03-05T09:07');
  expect(new Date(localInput(at))).toEqual(at);
  expect(sameDay(at, new Date(2026, 2, 5, 23))).toBe(true);
});

test('the next half hour is never now', () => {
  expect(nextHalfHour(new Date('2026-01-01T10:00:00Z'))).toEqual(new Date('2026-01-01T10:30:00Z'));
  expect(nextHalfHour(new Date('2026-01-01T10:29:59Z'))).toEqual(new Date('2026-01-01T10:30:00Z'));
});
