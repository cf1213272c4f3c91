import type { CalendarContent, CalendarEntry } from '../../ports/calendar.ts';
import type { MeetingHead } from '../meetings/meeting.ts';
import { type Series, Zone } from '../series/index.ts';
import { oneLine } from './news.ts';

/** What an entry says beside the meeting. */
export interface EntryFacts {
  /** Now. */
  at: number;
  sequence: number;
  /** Where people reach this server. */
  address: string;
  /** The organiser: the host's name, with the address that letters are from, for nobody's own is given away. */
  organizer: { name: string; email: string };
}

/** A meeting without an end lasts so long in a calendar. */
const USUAL_MS = 3_600_000;

export const linkOf = (address: string, id: number): string => `${rootOf(address)}/meet/${id}`;

/** A meeting in somebody's calendar. Undefined without a time. */
export function meetingEntry(
  method: CalendarEntry['method'],
  meeting: MeetingHead,
  { address, ...facts }: EntryFacts,
): CalendarEntry | undefined {
  const content = contentOf(meeting, address);
  return (
    content && {
      ...content,
      ...facts,
      method,
      uid: uidOf('meeting', meeting, address),
      ...(meeting.status === 'cancelled' && { cancelled: true }),
    }
  );
}

/**
 * All meetings of a series as one entry that repeats. `made` are meetings of it that are there: those
 * that were cancelled are left out, those that are different are told. Its link leads to one's meetings.
 * Undefined where its beginning is an hour that clocks jump over.
 */
export function seriesEntry(
  series: Series,
  made: readonly MeetingHead[],
  { address, ...facts }: EntryFacts,
): CalendarEntry | undefined {
  const zone = new Zone(series.timezone);
  const on = (day: string) => zone.instant(`${day}${series.start.slice(10)}`);
  const start = zone.instant(series.start);
  if (start === undefined) return undefined;
  const exdates = series.exdates.flatMap((day) => on(day) ?? []);
  const changed: (CalendarContent & { of: number })[] = [];
  for (const meeting of made) {
    const of = meeting.occurrenceDay === null ? undefined : on(meeting.occurrenceDay);
    if (of === undefined) continue;
    const content = meeting.status === 'cancelled' ? undefined : contentOf(meeting, address);
    if (!content) exdates.push(of);
    else if (differs(meeting, series, of)) changed.push({ ...content, of });
  }
  const url = `${rootOf(address)}/meetings`;
  return {
    ...facts,
    method: 'PUBLISH',
    uid: uidOf('series', series, address),
    start,
    end: start + series.durationMs,
    title: oneLine(series.title),
    description: described(series.description, url),
    url,
    repeats: { rule: series.rule, timezone: series.timezone, exdates, changed },
  };
}

const differs = ({ startTime, endTime, title }: MeetingHead, series: Series, of: number): boolean =>
  startTime !== of || endTime !== of + series.durationMs || title !== series.title;

function contentOf(
  { id, startTime, endTime, title, description }: MeetingHead,
  address: string,
): CalendarContent | undefined {
  if (startTime === null) return undefined;
  const url = linkOf(address, id);
  const end = endTime ?? startTime + USUAL_MS;
  return { start: startTime, end, title: oneLine(title), description: described(description, url), url };
}

/** Numbers are those of one server, and two servers may have no name of their own. */
const uidOf = (kind: string, { id, createdAt }: { id: number; createdAt: number }, address: string) =>
  `${kind}-${id}-${createdAt.toString(36)}@${new URL(address).hostname}`;

const rootOf = (address: string): string => address.replace(/\/+$/, '');

const described = (description: string, url: string): string =>
  description === '' ? url : `${description}\n\n${url}`;
