import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import type {
  CalendarContent,
  CalendarEntry,
  CalendarFiles,
  CalendarPerson,
  Repetition,
} from '../../ports/calendar.ts';
import { clockIn, inZone, vtimezone } from './vtimezone.ts';

/** Calendars as RFC 5545 writes them, for mail (RFC 5546) and for download. */
export const icalFiles: CalendarFiles = {
  write: async (entry) => {
    const { method, attendee, repeats } = entry;
    const calendar = new ICalCalendar({ prodId: '//Parley//Parley//EN', method: ICalCalendarMethod[method] });
    if (repeats) {
      const { timezone } = repeats;
      calendar.timezone({ name: timezone, generator: () => vtimezone(timezone, entry.start) });
    }
    const common = commonOf(entry);
    calendar.createEvent({
      ...common,
      ...contentOf(entry, repeats),
      ...(repeats && { repeating: repeating(repeats) }),
      ...(attendee && { attendees: [invited(attendee)] }),
    });
    for (const one of repeats?.changed ?? []) {
      calendar.createEvent({
        ...common,
        ...contentOf(one, repeats),
        recurrenceId: timeIn(one.of, repeats),
      });
    }
    return stamped(calendar.toString(), entry);
  },
};

const commonOf = ({ uid, sequence, at, organizer, method, cancelled }: CalendarEntry) => ({
  id: uid,
  sequence,
  stamp: new Date(at),
  organizer: { ...organizer },
  status: method === 'CANCEL' || cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
});

const contentOf = (
  { start, end, title, description, url }: CalendarContent,
  repeats: Repetition | undefined,
): ICalEventData => ({
  start: timeIn(start, repeats),
  end: timeIn(end, repeats),
  summary: title,
  description,
  location: url,
  url,
  ...(repeats && { timezone: repeats.timezone }),
});

/** What repeats goes by the clocks of a place, everything else is in UTC. */
const timeIn = (ms: number, repeats: Repetition | undefined) =>
  repeats ? inZone(ms, repeats.timezone) : new Date(ms);

const invited = (person: CalendarPerson) => ({
  ...person,
  role: ICalAttendeeRole.REQ,
  status: ICalAttendeeStatus.NEEDSACTION,
  rsvp: false,
});

function repeating({ rule, timezone, exdates }: Repetition): string {
  const left = exdates.map((ms) => `EXDATE;TZID=${timezone}:${clockIn(ms, timezone)}`);
  return [`RRULE:${rule}`, ...left].join('\r\n');
}

/** When it was written is in UTC whatever the zone of the event, which the library does not know. */
function stamped(text: string, { at }: CalendarEntry): string {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  return `${text.replace(/^DTSTAMP:.*$/gm, `DTSTAMP:${stamp}`)}\r\n`;
}
