import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { occurrencesOf } from './occurrences.ts';
import { readRule, writeRule } from './rule.ts';
import { Zone } from './zone.ts';

const YEAR_MS = 366 * 86_400_000;
const timing = (rule: string, start: string, timezone = 'Asia/Shanghai', exdates: string[] = []) => ({
  rule,
  start,
  timezone,
  exdates,
});
/** The first few moments, as UTC writes them. */
function first(count: number, of: ReturnType<typeof timing>): string[] {
  const after = Date.parse(`${of.start}Z`) - 2 * 86_400_000;
  return occurrencesOf(of, { after, before: after, least: count }).map(({ at }) =>
    new Date(at).toISOString().slice(0, 16),
  );
}
const days = (count: number, of: ReturnType<typeof timing>) =>
  first(count, of).map((text) => text.slice(0, 10));

describe('the times of a series', () => {
  it('go by the clocks of their place when these go forward and back', () => {
    expect(first(4, timing('FREQ=WEEKLY;BYDAY=MO', '2026-03-16T10:00:00', 'Europe/Berlin'))).toEqual([
      '2026-03-16T09:00',
      '2026-03-23T09:00',
      '2026-03-30T08:00',
      '2026-04-06T08:00',
    ]);
    expect(first(2, timing('FREQ=WEEKLY', '2026-10-19T10:00:00', 'Europe/Berlin'))).toEqual([
      '2026-10-19T08:00',
      '2026-10-26T09:00',
    ]);
    expect(first(2, timing('FREQ=WEEKLY', '2026-03-01T10:00:00', 'America/New_York'))).toEqual([
      '2026-03-01T15:00',
      '2026-03-08T14:00',
    ]);
    expect(first(2, timing('FREQ=WEEKLY', '2026-10-25T10:00:00', 'America/New_York'))).toEqual([
      '2026-10-25T14:00',
      '2026-11-01T15:00',
    ]);
    expect(first(2, timing('FREQ=MONTHLY', '2026-03-01T10:00:00'))).toEqual([
      '2026-03-01T02:00',
      '2026-04-01T02:00',
    ]);
  });

  it('leave out a time that clocks jump over, and take the first of two', () => {
    expect(first(3, timing('FREQ=WEEKLY', '2026-03-22T02:30:00', 'Europe/Berlin'))).toEqual([
      '2026-03-22T01:30',
      '2026-04-05T00:30',
      '2026-04-12T00:30',
    ]);
    expect(first(2, timing('FREQ=WEEKLY', '2026-10-25T01:30:00', 'America/New_York'))).toEqual([
      '2026-10-25T05:30',
      '2026-11-01T05:30',
    ]);
  });

  it('are the days of the rule', () => {
    const cases: [string, string, string[]][] = [
      ['FREQ=YEARLY', '2024-02-29T10:00:00', ['2024-02-29', '2028-02-29', '2032-02-29']],
      ['FREQ=MONTHLY;BYDAY=-1FR', '2026-01-30T10:00:00', ['2026-01-30', '2026-02-27', '2026-03-27']],
      ['FREQ=MONTHLY', '2026-01-31T10:00:00', ['2026-01-31', '2026-03-31', '2026-05-31']],
      ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31T10:00:00', ['2026-01-31', '2026-02-28', '2026-03-31']],
      [
        'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
        '2026-05-29T10:00:00',
        ['2026-05-29', '2026-06-30', '2026-07-31'],
      ],
      [
        'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE',
        '2026-03-04T10:00:00',
        ['2026-03-04', '2026-03-16', '2026-03-18'],
      ],
      ['FREQ=DAILY;INTERVAL=3', '2026-02-27T10:00:00', ['2026-02-27', '2026-03-02', '2026-03-05']],
      ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2026-11-26T10:00:00', ['2026-11-26', '2027-11-25', '2028-11-23']],
    ];
    for (const [rule, start, expected] of cases) expect(days(3, timing(rule, start))).toEqual(expected);
  });

  it('end after so many, or with a day, and leave days out', () => {
    expect(days(9, timing('FREQ=DAILY;COUNT=3', '2026-02-27T10:00:00'))).toHaveLength(3);
    expect(days(9, timing('FREQ=DAILY;UNTIL=20260301', '2026-02-27T23:30:00'))).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
    expect(days(9, timing('FREQ=DAILY;UNTIL=20260228T020000Z', '2026-02-27T10:00:00'))).toHaveLength(2);
    const without = timing('FREQ=DAILY;COUNT=3', '2026-02-27T10:00:00', 'Asia/Shanghai', ['2026-02-28']);
    expect(days(9, without)).toEqual(['2026-02-27', '2026-03-01']);
  });

  it('are those that another library finds, whatever the rule', () => {
    const weekday = fc.constantFrom('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU');
    const some = <T>(one: fc.Arbitrary<T>, most: number) =>
      fc.uniqueArray(one, { minLength: 1, maxLength: most }).map((list) => list.join(','));
    const nth = fc.integer({ min: -5, max: 5 }).filter((n) => n !== 0);
    const shape = fc.oneof(
      fc.constant('FREQ=DAILY'),
      fc.constantFrom('FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=YEARLY'),
      some(weekday, 4).map((list) => `FREQ=WEEKLY;BYDAY=${list}`),
      some(weekday, 4).map((list) => `FREQ=DAILY;BYDAY=${list}`),
      fc.tuple(nth, weekday).map(([n, day]) => `FREQ=MONTHLY;BYDAY=${n}${day}`),
      some(fc.integer({ min: 1, max: 31 }), 3).map((list) => `FREQ=MONTHLY;BYMONTHDAY=${list}`),
      fc.tuple(some(weekday, 3), nth).map(([list, n]) => `FREQ=MONTHLY;BYDAY=${list};BYSETPOS=${n}`),
      fc
        .tuple(some(fc.integer({ min: 1, max: 12 }), 3), nth, weekday)
        .map(([months, n, day]) => `FREQ=YEARLY;BYMONTH=${months};BYDAY=${n}${day}`),
    );
    const place = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Shanghai',
      'Australia/Lord_Howe',
    );
    const start = fc
      .tuple(
        fc.integer({ min: 0, max: 1500 }),
        fc.constantFrom('01:30:00', '02:15:00', '10:00:00', '23:30:00'),
      )
      .map(([day, time]) => {
        const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
        return `${date}T${time}`;
      });
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 4 }), place, start, (parts, interval, timezone, wall) => {
        const rule = `${parts};INTERVAL=${interval};COUNT=8`;
        const at = new Zone(timezone).instant(wall);
        fc.pre(at !== undefined);
        // Whether a time that is jumped over counts among the positions, RFC 5545 leaves open.
        fc.pre(!(parts.includes('BYSETPOS') && wall.endsWith('02:15:00')));
        const peer = new RRuleTemporal({
          rruleString: rule,
          dtstart: Temporal.PlainDateTime.from(wall).toZonedDateTime(timezone),
        });
        const theirs = peer
          .between(new Date(at - 1000), new Date(at + 4 * YEAR_MS), true)
          .map((one) => one.epochMilliseconds);
        const ours = occurrencesOf(timing(rule, wall, timezone), {
          after: at - 1000,
          before: at + 4 * YEAR_MS,
          least: 0,
        });
        expect(ours.map((one) => one.at)).toEqual(theirs);
      }),
      // The same rules each time: where the two differ on one that RFC 5545 leaves open, that is no news.
      { numRuns: 150, seed: 5545 },
    );
  });

  it('of rules that never come are none, and soon', () => {
    for (const rule of [
      'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
      'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31',
      'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
      'FREQ=DAILY;INTERVAL=7;BYDAY=SU',
      'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=7',
      'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-366;BYMONTH=2',
      'FREQ=YEARLY;INTERVAL=1000;BYMONTH=4;BYMONTHDAY=31',
    ]) {
      expect(days(1, timing(rule, '2026-03-02T10:00:00'))).toEqual([]);
    }
  });
});

describe('a rule', () => {
  it('has one way of being written', () => {
    const again = (text: string) => writeRule(readRule(text), null);
    expect(again('rrule:byday=mo,-1FR;freq=monthly;interval=1;wkst=MO')).toBe('FREQ=MONTHLY;BYDAY=MO,-1FR');
    expect(again('FREQ=WEEKLY;WKST=SU;COUNT=5;INTERVAL=2')).toBe('FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=5');
    expect(writeRule(readRule('FREQ=DAILY;UNTIL=20260301'), Date.UTC(2026, 2, 1, 15))).toBe(
      'FREQ=DAILY;UNTIL=20260301T150000Z',
    );
  });

  it('is refused when meetings have no use for it, with its field', () => {
    for (const text of [
      '',
      'nonsense',
      'FREQ=HOURLY',
      'FREQ=SECONDLY;COUNT=3',
      'FREQ=DAILY;BYHOUR=9',
      'FREQ=DAILY;COUNT=501',
      'FREQ=DAILY;COUNT=0',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=DAILY;INTERVAL=1001',
      'FREQ=DAILY;COUNT=3;UNTIL=20260101',
      'FREQ=DAILY;UNTIL=20260230',
      'FREQ=DAILY;UNTIL=20260228T100000',
      'FREQ=DAILY;FREQ=DAILY',
      'FREQ=DAILY;',
      'FREQ=WEEKLY;BYDAY=2MO',
      'FREQ=WEEKLY;BYDAY=XX',
      'FREQ=WEEKLY;BYDAY=MO,MO',
      'FREQ=WEEKLY;BYMONTHDAY=3',
      'FREQ=MONTHLY;BYDAY=6MO',
      'FREQ=MONTHLY;BYMONTHDAY=0',
      'FREQ=MONTHLY;BYMONTHDAY=32',
      'FREQ=MONTHLY;BYSETPOS=1',
      'FREQ=YEARLY;BYMONTH=13',
      `FREQ=DAILY;${' '.repeat(500)}`,
    ]) {
      expect(() => readRule(text), text).toThrow(
        expect.objectContaining({ code: 'invalid', details: { field: 'recurrence.rule' } }),
      );
    }
  });

  it('of any text is read or refused, never anything else', () => {
    const word = fc.constantFrom(
      'FREQ',
      'BYDAY',
      'COUNT',
      '=',
      ';',
      ',',
      'DAILY',
      'MONTHLY',
      '-1',
      '9',
      'MO',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((list) => list.join('')),
        ),
        (text) => {
          try {
            writeRule(readRule(text), null);
          } catch (error) {
            expect(error).toMatchObject({ code: 'invalid' });
          }
        },
      ),
    );
  });
});
