import { daysOf, inOrder, nthOf, type Repeat } from '../state/repeat.ts';
import type { WordKey } from './index.ts';
import type { Words } from './use-words.ts';

const NTH: readonly WordKey[] = ['repeat.nth1', 'repeat.nth2', 'repeat.nth3', 'repeat.nth4'];

/**
 * How a meeting recurs, as one says it: "Every Monday and Wednesday at 10:00, until 30 April 2026".
 * `start`: its first beginning as clocks in its place show it.
 */
export function repeatSentence({ t, language }: Words, repeat: Repeat, start: Date): string {
  const time = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' }).format(start);
  const what = patternWords({ t, language }, repeat, start, time);
  if (repeat.kind === 'own' || repeat.ends === 'never') return what;
  if (repeat.ends === 'count') return t('repeat.times', { what, count: Number(repeat.count) });
  const last = new Date(`${repeat.until}T00:00`);
  if (Number.isNaN(last.getTime())) return what;
  return t('repeat.until', {
    what,
    date: new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(last),
  });
}

function patternWords({ t, language }: Words, repeat: Repeat, start: Date, time: string): string {
  const weekday = nameOfDay(language, start.getDay());
  switch (repeat.kind) {
    case 'never':
      return t('repeat.never');
    case 'daily':
      return t('repeat.eachDay', { time });
    case 'weekdays':
      return t('repeat.eachWorkday', { time });
    case 'weekly': {
      const names = inOrder(daysOf(repeat, start)).map((day) => nameOfDay(language, day));
      return t('repeat.eachWeek', { days: new Intl.ListFormat(language).format(names), time });
    }
    case 'monthDate':
      return t('repeat.eachMonthDate', { day: start.getDate(), time });
    case 'monthDay':
      return t('repeat.eachMonthDay', {
        nth: t(NTH[nthOf(start) - 1] ?? 'repeat.nthLast'),
        day: weekday,
        time,
      });
    case 'monthLast':
      return t('repeat.eachMonthDay', { nth: t('repeat.nthLast'), day: weekday, time });
    case 'yearly': {
      const date = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric' }).format(start);
      return t('repeat.eachYear', { date, time });
    }
    case 'own':
      return t('repeat.own', { time });
  }
}

/** The name of a day of the week; `style` as `Intl` has it. */
export function nameOfDay(language: string, day: number, style: 'long' | 'short' = 'long'): string {
  // The fourth of January 1970 was a Sunday.
  const date = new Date(Date.UTC(1970, 0, 4 + day));
  return new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' }).format(date);
}
