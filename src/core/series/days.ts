import type { Frequency, Rule } from './rule.ts';

/** Days are counted from 1970-01-01, so that they can be reckoned with. */
export type Day = number;

const DAY_MS = 86_400_000;
/** Nobody plans further: a rule without a day until then has none. */
const FURTHEST = 100 * 366;

export const dayOf = (text: string): Day => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY_MS;
export const textOf = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * The days of a rule that begins on `first`, in order, from about `from` on: period by period, so
 * that whatever the rule is the work is bounded by the days there are.
 */
export function* daysOf(given: Rule, first: Day, from: Day): Generator<Day> {
  const rule = anchored(given, first);
  const { unit, span } = PERIODS[rule.freq](rule.weekStart);
  const begun = unit(first);
  const skipped = Math.max(0, Math.floor((unit(from) - begun) / rule.interval));
  const furthest = Math.max(first, from) + FURTHEST;
  for (let at = begun + skipped * rule.interval; ; at += rule.interval) {
    const [start, end] = span(at);
    if (start > furthest) return;
    const matching: Day[] = [];
    for (let day = start; day < end; day++) if (matches(rule, day)) matching.push(day);
    for (const day of placed(rule, matching)) if (day >= first) yield day;
  }
}

/** What a rule leaves to its first day: the weekday, the day of the month, the month. */
function anchored(rule: Rule, first: Day): Rule {
  const { month, date, weekday } = partsOf(first);
  if (rule.byDay.length + rule.byMonthDay.length > 0) return rule;
  if (rule.freq === 'WEEKLY') return { ...rule, byDay: [{ n: 0, weekday }] };
  if (rule.freq === 'MONTHLY') return { ...rule, byMonthDay: [date] };
  if (rule.freq === 'DAILY') return rule;
  return { ...rule, byMonthDay: [date], byMonth: rule.byMonth.length > 0 ? rule.byMonth : [month] };
}

interface Period {
  /** The number of the period that a day is in. */
  unit(day: Day): number;
  /** Its first day, and the first of the next. */
  span(unit: number): [Day, Day];
}

const monthStart = (months: number): Day =>
  Date.UTC(Math.floor(months / 12), ((months % 12) + 12) % 12) / DAY_MS;
const monthsOf = (day: Day): number => {
  const { year, month } = partsOf(day);
  return year * 12 + month - 1;
};

const PERIODS: Readonly<Record<Frequency, (weekStart: number) => Period>> = {
  DAILY: () => ({ unit: (day) => day, span: (unit) => [unit, unit + 1] }),
  WEEKLY: (weekStart) => {
    // 1970-01-01 was a Thursday.
    const shift = 4 - weekStart;
    return {
      unit: (day) => Math.floor((day + shift) / 7),
      span: (unit) => [unit * 7 - shift, unit * 7 - shift + 7],
    };
  },
  MONTHLY: () => ({ unit: monthsOf, span: (unit) => [monthStart(unit), monthStart(unit + 1)] }),
  YEARLY: () => ({
    unit: (day) => partsOf(day).year,
    span: (unit) => [monthStart(unit * 12), monthStart(unit * 12 + 12)],
  }),
};

function matches({ freq, byMonth, byMonthDay, byDay }: Rule, day: Day): boolean {
  const { year, month, date, weekday } = partsOf(day);
  if (byMonth.length > 0 && !byMonth.includes(month)) return false;
  const months = year * 12 + month - 1;
  if (byMonthDay.length > 0) {
    const length = monthStart(months + 1) - monthStart(months);
    if (!byMonthDay.includes(date) && !byMonthDay.includes(date - length - 1)) return false;
  }
  if (byDay.length === 0) return true;
  const ofYear = freq === 'YEARLY' && byMonth.length === 0;
  const [start, end] = ofYear
    ? [monthStart(year * 12), monthStart(year * 12 + 12)]
    : [monthStart(months), monthStart(months + 1)];
  const nth = Math.floor((day - start) / 7) + 1;
  const fromEnd = -Math.floor((end - 1 - day) / 7) - 1;
  return byDay.some((one) => one.weekday === weekday && (one.n === 0 || one.n === nth || one.n === fromEnd));
}

/** Of a period's days those at the places that are asked for; each once, in order. */
function placed({ bySetPos }: Rule, days: readonly Day[]): readonly Day[] {
  if (bySetPos.length === 0) return days;
  return days.filter((_, i) => bySetPos.includes(i + 1) || bySetPos.includes(i - days.length));
}

function partsOf(day: Day) {
  const date = new Date(day * DAY_MS);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    date: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}
