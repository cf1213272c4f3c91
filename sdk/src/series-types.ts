import type { Meeting, NewMeeting } from './meeting-types.ts';

/** When a meeting recurs. */
export interface Recurrence {
  /** RFC 5545: `FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20`. */
  rule: string;
  /** The place whose clocks it goes by: `Europe/Berlin`. */
  timezone: string;
  /** Days there that are left out: `2026-12-24`. */
  exdates: string[];
}

/** A meeting that recurs. Each time is a meeting of its own, made weeks ahead. */
export interface MeetingSeries
  extends Pick<
    Meeting,
    | 'title'
    | 'description'
    | 'maxParticipants'
    | 'type'
    | 'settings'
    | 'hasPassword'
    | 'creatorId'
    | 'createdAt'
  > {
  id: number;
  /** Of its first meeting. */
  startTime: Date;
  endTime: Date;
  /** `start`: what clocks there show when the first begins, `2026-03-02T10:00:00`. */
  recurrence: Recurrence & { start: string };
  /** Ended: cancelled, or its last meeting is past. */
  state: 'active' | 'ended';
  /** What goes on or comes next. */
  next: Meeting | null;
}

export type NewSeries = Omit<NewMeeting, 'startTime' | 'endTime'> & {
  startTime: Date;
  endTime: Date;
  recurrence: Pick<Recurrence, 'rule' | 'timezone'> & Partial<Recurrence>;
};

/** Times are those of the first meeting. */
export type SeriesChanges = Partial<Omit<NewSeries, 'recurrence' | 'password'>> & {
  recurrence?: Partial<Recurrence>;
  /** null takes it away. */
  password?: string | null;
};
