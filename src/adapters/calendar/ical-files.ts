import {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
} from 'ical-generator';
import type { CalendarEntry, CalendarFiles } from '../../ports/calendar.ts';
import { clockIn, inZone, vtimezone } from './vtimezone.ts';

/** Calendars as RFC 5545 writes them, for mail (RFC 5546) and for download. */
export const icalFiles: CalendarFiles = {
  write: async (entry) => {
    const { method, timezone, rrule, attendee } = entry;
    const calendar = new ICalCalendar({ prodId: '//Parley//Parley//EN', method: ICalCalendarMethod[method] });
    if (timezone !== undefined) {
      calendar.timezone({ name: timezone, generator: () => vtimezone(timezone, entry.start) });
    }
    const time = (ms: number) => (timezone === undefined ? new Date(ms) : inZone(ms, timezone));
    const off = method === 'CANCEL' || entry.cancelled;
    const event = calendar.createEvent({
      id: entry.uid,
      sequence: entry.sequence,
      stamp: new Date(entry.at),
      start: time(entry.start),
      end: time(entry.end),
      summary: entry.title,
      description: entry.description,
      location: entry.url,
      url: entry.url,
      organizer: { ...entry.organizer },
      status: off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(timezone !== undefined && { timezone }),
      ...(rrule !== undefined && { repeating: repeating(rrule, entry) }),
    });
    if (attendee) {
      event.createAttendee({
        ...attendee,
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        rsvp: false,
      });
    }
    return stamped(calendar.toString(), entry);
  },
};

function repeating(rrule: string, { timezone = 'UTC', exdates = [] }: CalendarEntry): string {
  const left = exdates.map((ms) => `EXDATE;TZID=${timezone}:${clockIn(ms, timezone)}`);
  return [`RRULE:${rrule}`, ...left].join('\r\n');
}

/** When it was written is in UTC whatever the zone of the event, which the library does not know. */
function stamped(text: string, { at }: CalendarEntry): string {
  const stamp = new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '');
  return `${text.replace(/^DTSTAMP:.*$/m, `DTSTAMP:${stamp}`)}\r\n`;
}
