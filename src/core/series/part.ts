import { invalid } from '../errors.ts';
import { dayOf, textOf } from './days.ts';
import { endOfDay, occurrencesOf } from './occurrences.ts';
import { readRule, writeRule } from './rule.ts';
import type { Series } from './series.ts';
import { Zone } from './zone.ts';

const DAY_MS = 86_400_000;

/**
 * A series until before one of its days, and what goes on from there; undefined where that is all of
 * it. Together they have the same occurrences. Throws `invalid` for a day that is none of its.
 */
export function parted(series: Series, day: string): { before: Series; after: Series } | undefined {
  const start = `${day}${series.start.slice(10)}`;
  const zone = new Zone(series.timezone);
  const [at, first] = [zone.instant(start), zone.instant(series.start)];
  const whole = { ...series, exdates: [] };
  const found = at !== undefined && occurrencesOf(whole, { after: at - 1, before: at + 1, least: 0 });
  if (!found || found.length === 0 || first === undefined) throw invalid('from_meeting');
  if (day === series.start.slice(0, 10)) return undefined;
  const rule = readRule(series.rule);
  const { count } = rule;
  const counted = () => occurrencesOf(whole, { after: first - DAY_MS, before: at, least: 0 }).length;
  const earlier = count === null ? 0 : counted();
  const until = endOfDay(textOf(dayOf(day) - 1), series.timezone);
  return {
    before: {
      ...series,
      rule: count === null ? writeRule(rule, until) : writeRule({ ...rule, count: earlier }, null),
      exdates: series.exdates.filter((one) => one < day),
    },
    after: {
      ...series,
      start,
      rule: count === null ? series.rule : writeRule({ ...rule, count: count - earlier }, null),
      exdates: series.exdates.filter((one) => one >= day),
    },
  };
}
