import { invalid } from '../errors.ts';
import { cleanAsk, type MeetingAsk, type MeetingPatch } from '../meetings/clean.ts';
import { dayOf } from './days.ts';
import { occurrencesOf, untilOf } from './occurrences.ts';
import { isDay, noOccurrence, readRule, writeRule } from './rule.ts';
import type { Series, Timing } from './series.ts';
import { Zone } from './zone.ts';

/** When something recurs, as somebody says it. */
export interface Recurrence {
  rule: string;
  timezone: string;
  exdates?: readonly string[] | undefined;
}

/** A new series: a meeting that is its first, and when it recurs. */
export type SeriesAsk = Omit<MeetingAsk, 'startTime' | 'endTime'> & {
  startTime: number;
  endTime: number;
  recurrence: Recurrence;
};

/** What is to be changed; `undefined` leaves a value. Times are those of the first occurrence. */
export type SeriesPatch = Omit<MeetingPatch, 'startTime' | 'endTime'> & {
  startTime?: number | undefined;
  endTime?: number | undefined;
  recurrence?: Partial<Recurrence> | undefined;
};

const DAY_MS = 86_400_000;
const EXDATES_MOST = 100;
/** Days have years of four digits, also of meetings a hundred years on. */
const LATEST = Date.UTC(9800, 0);

/** Checks when a series is. Throws `invalid` with the contract's field. */
export function cleanTiming({
  startTime,
  endTime,
  recurrence,
}: Pick<SeriesAsk, 'startTime' | 'endTime' | 'recurrence'>): Timing & { durationMs: number } {
  if (!(startTime >= 0 && startTime < LATEST)) throw invalid('start_time');
  const durationMs = endTime - startTime;
  if (!(durationMs > 0 && durationMs <= DAY_MS)) throw invalid('end_time');
  const zone = new Zone(recurrence.timezone);
  const said = { ...recurrence, start: zone.wall(startTime), exdates: [] };
  const until = untilOf(said);
  const rule = writeRule(readRule(said.rule), Number.isFinite(until) ? until : null);
  const [first] = occurrencesOf(
    { ...said, rule },
    { after: startTime - DAY_MS, before: startTime, least: 1 },
  );
  if (!first) throw noOccurrence();
  // Calendars take the first beginning for an occurrence, so it is one.
  const start = `${first.day}${said.start.slice(10)}`;
  return { rule, timezone: said.timezone, start, exdates: cleanDays(recurrence.exdates ?? []), durationMs };
}

/** A series once it is changed; its wall time stays where only the place is another. */
export function changed(series: Series, patch: SeriesPatch): Series {
  const { title, description, maxParticipants, type } = { ...series, ...defined(patch) };
  const settings = { ...series.settings, ...patch.settings };
  const {
    startTime: _,
    endTime: __,
    ...template
  } = cleanAsk({
    title,
    description,
    maxParticipants,
    type,
    settings,
  });
  return { ...series, ...template, ...changedTiming(series, patch) };
}

function changedTiming(series: Series, { startTime, endTime, recurrence }: SeriesPatch) {
  const { rule, timezone, exdates } = { ...series, ...defined(recurrence ?? {}) };
  const start = startTime ?? new Zone(timezone).instant(series.start);
  if (start === undefined) throw invalid('recurrence.timezone', 'series.timezone');
  return cleanTiming({
    startTime: start,
    endTime: endTime ?? start + series.durationMs,
    recurrence: { rule, timezone, exdates },
  });
}

/** Without what is not said. */
const defined = <T extends object>(some: T) =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

function cleanDays(days: readonly string[]): string[] {
  const each = [...new Set(days)];
  if (each.length > EXDATES_MOST || !each.every(isDay)) throw invalid('recurrence.exdates');
  return each.sort((one, other) => dayOf(one) - dayOf(other));
}
