/** What a calendar shows: when, and what it is. */
export interface CalendarContent {
  start: number;
  end: number;
  title: string;
  description: string;
  url: string;
}

/** Something in somebody's calendar, as RFC 5545 and 5546 tell it to other programs. */
export interface CalendarEntry extends CalendarContent {
  /** `PUBLISH`: for whoever takes it; `REQUEST` and `CANCEL` are between organiser and attendee. */
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL';
  /** The same for whatever becomes of it, and nobody else's. */
  uid: string;
  /** Higher with each change that matters to a calendar. */
  sequence: number;
  /** When this was written. */
  at: number;
  organizer: CalendarPerson;
  attendee?: CalendarPerson;
  repeats?: Repetition;
  /** What is published is off. */
  cancelled?: boolean;
}

export interface Repetition {
  /** A rule of RFC 5545, without its name: `FREQ=WEEKLY;BYDAY=MO`. */
  rule: string;
  /** IANA's name of the zone whose clocks it goes by. */
  timezone: string;
  /** Beginnings that the rule has and that are left out. */
  exdates: readonly number[];
  /** Those that are not as the rule has them; `of` is the beginning it has. */
  changed: readonly (CalendarContent & { of: number })[];
}

export interface CalendarPerson {
  name: string;
  email: string;
}

export interface CalendarFiles {
  /** The `.ics` file. */
  write(entry: CalendarEntry): Promise<string>;
}
