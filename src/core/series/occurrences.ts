import { dayOf, daysOf, textOf } from './days.ts';
import { readRule } from './rule.ts';
import type { Timing } from './series.ts';
import { Zone } from './zone.ts';

/** One time that a series has: the day there, which is its name in the series, and the moment. */
export interface Occurrence {
  day: string;
  at: number;
}

interface Wanted {
  /** Only those that begin later. */
  after: number;
  /** All that begin before, and further ones until there are `least`. */
  before: number;
  least: number;
}

/** When a series has its meetings: its wall time wherever the clocks go, but on the days left out. */
export function occurrencesOf(timing: Timing, { after, before, least }: Wanted): Occurrence[] {
  const zone = new Zone(timing.timezone);
  const rule = readRule(timing.rule);
  const until = untilOf(timing);
  const first = dayOf(timing.start);
  const time = timing.start.slice(10);
  // Those counted are counted from the beginning.
  const from = rule.count === null ? dayOf(zone.wall(after)) : first;
  const found: Occurrence[] = [];
  let counted = 0;
  for (const number of daysOf(rule, first, from)) {
    const day = textOf(number);
    const at = zone.instant(`${day}${time}`);
    if (at === undefined) continue;
    counted += 1;
    if (at > until || counted > (rule.count ?? Number.POSITIVE_INFINITY)) break;
    if (at >= before && found.length >= least) break;
    if (at > after && !timing.exdates.includes(day)) found.push({ day, at });
  }
  return found;
}

/** The last moment of a rule; a day lasts to its end there. */
export function untilOf({ rule, timezone }: Pick<Timing, 'rule' | 'timezone'>): number {
  const { until } = readRule(rule);
  if (until === null) return Number.POSITIVE_INFINITY;
  if ('at' in until) return until.at;
  return endOfDay(until.day, timezone);
}

/** The last second of a day in a place. */
export const endOfDay = (day: string, timezone: string): number =>
  new Zone(timezone).instant(`${day}T23:59:59`) ?? Date.parse(`${day}T23:59:59Z`);
