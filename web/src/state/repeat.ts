import type { MeetingSeries } from './sdk.ts';

/** How a meeting recurs, as its form has it. `own`: by a rule that the form has no words for. */
export type RepeatKind =
  | 'never'
  | 'daily'
  | 'weekdays'
  | 'weekly'
  | 'monthDate'
  | 'monthDay'
  | 'monthLast'
  | 'yearly'
  | 'own';

export interface Repeat {
  kind: RepeatKind;
  /** Of `weekly`, as `Date` counts: 0 is Sunday. */
  days: readonly number[];
  ends: 'never' | 'date' | 'count';
  /** The last day, and how often, as the fields hold them. */
  until: string;
  count: string;
  /** Of `own`, as it is. */
  rule: string;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const WORKDAYS = 'MO,TU,WE,TH,FR';
/** The most often that a rule may count. */
export const COUNT_MOST = 500;

export const never: Repeat = { kind: 'never', days: [], ends: 'never', until: '', count: '10', rule: '' };

/** Which one of its weekday in its month a day is: the second Monday. */
export const nthOf = (day: Date): number => Math.ceil(day.getDate() / 7);
export const isLastOf = (day: Date): boolean =>
  new Date(day.getFullYear(), day.getMonth(), day.getDate() + 7).getMonth() !== day.getMonth();

/** The kinds that a meeting on this day may have: there is no fifth Monday to count on. */
export function kindsOn(day: Date, now: RepeatKind): RepeatKind[] {
  const kinds: RepeatKind[] = ['daily', 'weekdays', 'weekly', 'monthDate'];
  if (nthOf(day) < 5) kinds.push('monthDay');
  if (isLastOf(day)) kinds.push('monthLast');
  kinds.push('yearly');
  return now === 'own' ? [...kinds, 'own'] : kinds;
}

/** Where the day has moved on, the fifth Monday is the last one, and what is not the last is the first or so. */
export function fitting(repeat: Repeat, start: Date): Repeat {
  const fits = repeat.kind === 'never' || kindsOn(start, repeat.kind).includes(repeat.kind);
  return fits ? repeat : { ...repeat, kind: nthOf(start) < 5 ? 'monthDay' : 'monthLast' };
}

/** The days of the week, or the first's own where none is chosen. */
export const daysOf = ({ days }: Repeat, start: Date): readonly number[] =>
  days.length > 0 ? days : [start.getDay()];

/** The rule of RFC 5545 for a meeting that first begins at `start`, in its place. */
export function ruleOf(repeat: Repeat, start: Date): string {
  return `${patternOf(fitting(repeat, start), start)}${endOf(repeat)}`;
}

function patternOf(repeat: Repeat, start: Date): string {
  const weekday = WEEKDAYS[start.getDay()];
  switch (repeat.kind) {
    case 'never':
      throw new Error('what happens once has no rule');
    case 'daily':
      return 'FREQ=DAILY';
    case 'weekdays':
      return `FREQ=WEEKLY;BYDAY=${WORKDAYS}`;
    case 'weekly':
      return `FREQ=WEEKLY;BYDAY=${inOrder(daysOf(repeat, start)).map((day) => WEEKDAYS[day])}`;
    case 'monthDate':
      return 'FREQ=MONTHLY';
    case 'monthDay':
      return `FREQ=MONTHLY;BYDAY=${nthOf(start)}${weekday}`;
    case 'monthLast':
      return `FREQ=MONTHLY;BYDAY=-1${weekday}`;
    case 'yearly':
      return 'FREQ=YEARLY';
    case 'own':
      return repeat.rule;
  }
}

/** A rule with its end is an own rule's already. */
function endOf({ kind, ends, until, count }: Repeat): string {
  if (kind === 'own' || ends === 'never') return '';
  return ends === 'count' ? `;COUNT=${count}` : `;UNTIL=${until.replaceAll('-', '')}`;
}

/** Monday first, as most calendars have it. */
export const inOrder = (days: readonly number[]): number[] =>
  [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));

/** What the form has for a series. */
export function repeatOf({ rule, timezone }: Pick<MeetingSeries['recurrence'], 'rule' | 'timezone'>): Repeat {
  const count = /;COUNT=(\d+)/.exec(rule)?.[1];
  const until = /;UNTIL=(\w+)/.exec(rule)?.[1];
  const known = kindOf(rule.replace(/;(COUNT|UNTIL)=\w+/, ''));
  if (!known) return { ...never, kind: 'own', rule };
  return {
    ...never,
    ...known,
    ...(count !== undefined && { ends: 'count', count }),
    ...(until !== undefined && { ends: 'date', until: dayIn(until, timezone) }),
  };
}

function kindOf(pattern: string): Pick<Repeat, 'kind'> | Pick<Repeat, 'kind' | 'days'> | undefined {
  if (pattern === 'FREQ=DAILY') return { kind: 'daily' };
  if (pattern === 'FREQ=WEEKLY') return { kind: 'weekly' };
  if (pattern === `FREQ=WEEKLY;BYDAY=${WORKDAYS}`) return { kind: 'weekdays' };
  if (pattern === 'FREQ=MONTHLY') return { kind: 'monthDate' };
  if (pattern === 'FREQ=YEARLY') return { kind: 'yearly' };
  if (/^FREQ=MONTHLY;BYDAY=[1-4][A-Z]{2}$/.test(pattern)) return { kind: 'monthDay' };
  if (/^FREQ=MONTHLY;BYDAY=-1[A-Z]{2}$/.test(pattern)) return { kind: 'monthLast' };
  const days = /^FREQ=WEEKLY;BYDAY=([A-Z,]+)$/.exec(pattern)?.[1]?.split(',');
  return days && { kind: 'weekly', days: days.map((day) => WEEKDAYS.indexOf(day)) };
}

/** `20260430T215959Z` is a day in a place: `2026-04-30`. */
function dayIn(until: string, timezone: string): string {
  const at = until.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const form = { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', form).formatToParts(new Date(at));
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}
