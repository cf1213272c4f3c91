/** Something in somebody's calendar, as RFC 5545 and 5546 tell it to other programs. */
export interface CalendarEntry {
  /** `PUBLISH`: for whoever takes it; `REQUEST` and `CANCEL` are between organiser and attendee. */
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  /** The same for whatever becomes of it, and nobody else's. */
  uid: string;
  /** Higher with each change that matters to a calendar. */
  sequence: number;
  /** When this was written. */
  at: number;
  start: number;
  end: number;
  /** IANA's name of the zone the times are meant in, for what repeats; without it they are in UTC. */
  timezone?: string;
  /** A rule of RFC 5545, without its name: `FREQ=WEEKLY;BYDAY=MO`. */
  rrule?: string;
  /** Beginnings that the rule has and that are left out. */
  exdates?: readonly number[];
  /** What is published is off. */
  cancelled?: boolean;
  title: string;
  description: string;
  url: string;
  organizer: CalendarPerson;
  attendee?: CalendarPerson;
}

export interface CalendarPerson {
  name: string;
  email: string;
}

export interface CalendarFiles {
  /** The `.ics` file. */
  write(entry: CalendarEntry): Promise<string>;
}
