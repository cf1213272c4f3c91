import { Temporal } from 'temporal-polyfill';

/** So many years of changes are told; programs that know the zone by its name know the rest. */
const YEARS = 5;

/** What a clock in a zone shows then. */
export const inZone = (ms: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);

/** The same as calendars write it: `20260320T100000`. */
export const clockIn = (ms: number, zone: string): string => written(inZone(ms, zone).toPlainDateTime());

const written = (time: Temporal.PlainDateTime): string =>
  time.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

/** A zone's offsets around a time as RFC 5545 tells them, one part for each change of the clocks. */
export function vtimezone(name: string, start: number): string {
  const first = inZone(start, name);
  const from = first.getTimeZoneTransition('previous') ?? first;
  const until = first.add({ years: YEARS });
  const parts: string[] = [];
  let change: Temporal.ZonedDateTime | null = from;
  while (change && Temporal.ZonedDateTime.compare(change, until) < 0) {
    parts.push(...observance(change));
    change = change.getTimeZoneTransition('next');
  }
  return ['BEGIN:VTIMEZONE', `TZID:${name}`, ...parts, 'END:VTIMEZONE'].join('\r\n');
}

function observance(change: Temporal.ZonedDateTime): string[] {
  const before = change.subtract({ nanoseconds: 1 });
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  // The hour as the clocks of before would have shown it.
  const at = change.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
  return [
    `BEGIN:${kind}`,
    `DTSTART:${written(at)}`,
    `TZOFFSETFROM:${before.offset.replace(':', '')}`,
    `TZOFFSETTO:${change.offset.replace(':', '')}`,
    `END:${kind}`,
  ];
}
