import { expect, test } from 'vitest';
import { kindsOn, never, type Repeat, repeatOf, ruleOf } from './repeat.ts';

/** The last Friday of its month, which is the fourth. */
const start = new Date(2026, 1, 27, 10);
const as = (more: Partial<Repeat>): Repeat => ({ ...never, ...more });

test('what is chosen is a rule, and a rule what is chosen', () => {
  const cases: [Partial<Repeat>, string][] = [
    [{ kind: 'daily' }, 'FREQ=DAILY'],
    [{ kind: 'weekdays' }, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    [{ kind: 'weekly', days: [1, 3, 0] }, 'FREQ=WEEKLY;BYDAY=MO,WE,SU'],
    [{ kind: 'monthDate' }, 'FREQ=MONTHLY'],
    [{ kind: 'monthDay' }, 'FREQ=MONTHLY;BYDAY=4FR'],
    [{ kind: 'monthLast' }, 'FREQ=MONTHLY;BYDAY=-1FR'],
    [{ kind: 'yearly', ends: 'count', count: '3' }, 'FREQ=YEARLY;COUNT=3'],
    [{ kind: 'own', rule: 'FREQ=DAILY;INTERVAL=3;COUNT=5' }, 'FREQ=DAILY;INTERVAL=3;COUNT=5'],
  ];
  for (const [chosen, rule] of cases) {
    expect(ruleOf(as(chosen), start)).toBe(rule);
    expect(repeatOf({ rule, timezone: 'UTC' })).toEqual(as(chosen));
  }
  expect(ruleOf(as({ kind: 'weekly' }), start)).toBe('FREQ=WEEKLY;BYDAY=FR');
});

test('a last day is one in the place of the meeting', () => {
  expect(ruleOf(as({ kind: 'daily', ends: 'date', until: '2026-04-30' }), start)).toBe(
    'FREQ=DAILY;UNTIL=20260430',
  );
  const rule = 'FREQ=DAILY;UNTIL=20260430T155959Z';
  expect(repeatOf({ rule, timezone: 'Asia/Shanghai' })).toMatchObject({ ends: 'date', until: '2026-04-30' });
  expect(repeatOf({ rule, timezone: 'Pacific/Auckland' }).until).toBe('2026-05-01');
});

test('a month has a last Friday, but not always a fifth', () => {
  expect(kindsOn(start, 'never')).toContain('monthLast');
  expect(kindsOn(new Date(2026, 1, 6), 'never')).not.toContain('monthLast');
  expect(kindsOn(new Date(2026, 0, 30), 'never')).not.toContain('monthDay');
  expect(kindsOn(start, 'own').at(-1)).toBe('own');
  expect(ruleOf(as({ kind: 'monthDay' }), new Date(2026, 0, 30))).toBe('FREQ=MONTHLY;BYDAY=-1FR');
  expect(ruleOf(as({ kind: 'monthLast' }), new Date(2026, 1, 6))).toBe('FREQ=MONTHLY;BYDAY=1FR');
});
