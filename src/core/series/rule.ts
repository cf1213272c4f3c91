import { invalid, ParleyError } from '../errors.ts';

/** A recurrence rule of RFC 5545 (3.3.10), as far as meetings have use for one. */
export interface Rule {
  freq: Frequency;
  interval: number;
  /** `n`: which one of its month or year, from the end when negative; 0: each. `weekday`: 0 is Sunday. */
  byDay: readonly { n: number; weekday: number }[];
  byMonthDay: readonly number[];
  byMonth: readonly number[];
  bySetPos: readonly number[];
  weekStart: number;
  count: number | null;
  until: Until | null;
}

export type Frequency = (typeof FREQUENCIES)[number];
/** A whole day, wherever it is, or a moment. */
export type Until = { day: string } | { at: number };

export const RULE_FIELD = 'recurrence.rule';
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** Of a rule: its text, how many times at most, how many periods at most are left out, items of a list. */
const MOST = { text: 500, count: 500, interval: 1000, list: 64 };

const PARTS = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYDAY',
  'BYMONTHDAY',
  'BYMONTH',
  'BYSETPOS',
  'WKST',
] as const;
type Part = (typeof PARTS)[number];
type Parts = Partial<Record<Part, string>>;

/** Reads a rule. Throws `invalid` with its field for what is no rule, or one that meetings do not have. */
export function readRule(text: string): Rule {
  if (text.length > MOST.text) throw refused();
  const parts = partsOf(text);
  const rule: Rule = {
    freq: oneOf(FREQUENCIES, parts.FREQ),
    interval: parts.INTERVAL === undefined ? 1 : whole(parts.INTERVAL, 1, MOST.interval),
    byDay: list(parts.BYDAY, weekdayOf),
    byMonthDay: list(parts.BYMONTHDAY, (item) => either(item, 31)),
    byMonth: list(parts.BYMONTH, (item) => whole(item, 1, 12)),
    bySetPos: list(parts.BYSETPOS, (item) => either(item, 366)),
    weekStart: WEEKDAYS.indexOf(oneOf(WEEKDAYS, parts.WKST ?? 'MO')),
    count: parts.COUNT === undefined ? null : whole(parts.COUNT, 1, MOST.count),
    until: parts.UNTIL === undefined ? null : untilOf(parts.UNTIL),
  };
  checkTogether(rule);
  return rule;
}

/** Its one way of being written: the parts in order, what is usual left out. `until` as moments. */
export function writeRule(rule: Rule, until: number | null): string {
  const days = rule.byDay.map(({ n, weekday }) => `${n === 0 ? '' : n}${WEEKDAYS[weekday]}`);
  const parts: readonly (readonly [Part, string | number | readonly (string | number)[]])[] = [
    ['FREQ', rule.freq],
    ['INTERVAL', rule.interval === 1 ? [] : rule.interval],
    ['BYMONTH', rule.byMonth],
    ['BYMONTHDAY', rule.byMonthDay],
    ['BYDAY', days],
    ['BYSETPOS', rule.bySetPos],
    ['WKST', rule.weekStart === 1 ? [] : (WEEKDAYS[rule.weekStart] ?? [])],
    ['COUNT', rule.count ?? []],
    ['UNTIL', until === null ? [] : utcText(until)],
  ];
  return parts
    .map(([name, value]) => [name, [value].flat().join(',')])
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}

function partsOf(text: string): Parts {
  const bare = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '');
  const parts: Parts = {};
  for (const part of bare.split(';')) {
    const [name, value, ...rest] = part.split('=');
    const known = oneOf(PARTS, name);
    if (!value || rest.length > 0 || parts[known] !== undefined) throw refused();
    parts[known] = value;
  }
  return parts;
}

/** What each part may be beside the others; RFC 5545 has the same table. */
function checkTogether({ freq, byDay, byMonthDay, bySetPos, byMonth, count, until }: Rule): void {
  const ofMonths = freq === 'MONTHLY' || freq === 'YEARLY';
  const numbered = byDay.some(({ n }) => n !== 0);
  const inMonth = freq === 'MONTHLY' || byMonth.length > 0;
  const right =
    (count === null || until === null) &&
    (ofMonths || !numbered) &&
    (!numbered || !inMonth || byDay.every(({ n }) => Math.abs(n) <= 5)) &&
    (freq !== 'WEEKLY' || byMonthDay.length === 0) &&
    (bySetPos.length === 0 || (ofMonths && byDay.length + byMonthDay.length + byMonth.length > 0));
  if (!right) throw refused();
}

function list<T>(text: string | undefined, read: (item: string) => T): T[] {
  const items = text?.split(',') ?? [];
  if (items.length > MOST.list || new Set(items).size < items.length) throw refused();
  return items.map(read);
}

function weekdayOf(text: string): { n: number; weekday: number } {
  const [, n = '', day] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? [];
  return { n: n === '' ? 0 : either(n, 53), weekday: WEEKDAYS.indexOf(oneOf(WEEKDAYS, day)) };
}

/** From the beginning, or from the end; never the zeroth. */
function either(text: string, most: number): number {
  const n = whole(text, -most, most);
  if (n === 0) throw refused();
  return n;
}

function whole(text: string, least: number, most: number): number {
  const n = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(n >= least && n <= most)) throw refused();
  return n;
}

function untilOf(text: string): Until {
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(T\d{6}Z)?$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  if (!isDay(date)) throw refused();
  if (time === undefined) return { day: date };
  const at = Date.parse(`${date}T${time.slice(1, 3)}:${time.slice(3, 5)}:${time.slice(5, 7)}Z`);
  if (Number.isNaN(at)) throw refused();
  return { at };
}

/** Whether it is a day of the calendar, as `2026-03-29`. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const utcText = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');

function oneOf<T extends string>(words: readonly T[], word: string | undefined): T {
  const found = words.find((one) => one === word);
  if (found === undefined) throw refused();
  return found;
}

const refused = () => invalid(RULE_FIELD, 'series.rule');
export const noOccurrence = () => new ParleyError('invalid', 'series.no_occurrence', { field: RULE_FIELD });
