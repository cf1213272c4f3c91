import type { Meeting, MeetingHead, Participant } from '../../core/meetings/meeting.ts';
import type { BreakoutQueries } from './breakouts.ts';
import type { MeetingFilter, MeetingOrder } from './meeting-filter.ts';

export type { MeetingFilter, MeetingOrder } from './meeting-filter.ts';

export interface Page {
  limit: number;
  offset: number;
}

export interface MeetingQueries extends BreakoutQueries {
  head(id: number): Promise<MeetingHead | undefined>;
  /** With everybody there is or was, and the connections there are now. */
  get(id: number): Promise<Meeting | undefined>;
  participant(id: number, userId: number): Promise<Participant | undefined>;
  /** Whose part in which meeting this number is. */
  whose(participantId: number): Promise<{ meetingId: number; userId: number } | undefined>;
  /** One person's parts in these meetings, by meeting. */
  partsOf(userId: number, ids: readonly number[]): Promise<Map<number, Participant>>;
  /** In the order they came; in one of these states, or without those who were removed. */
  participants(id: number, page: Page, states?: readonly Participant['state'][]): Promise<Participant[]>;
  countParticipants(id: number, states?: readonly Participant['state'][]): Promise<number>;
  page(filter: MeetingFilter, order: MeetingOrder, page: Page): Promise<MeetingHead[]>;
  count(filter: MeetingFilter): Promise<number>;
  /** How many are online, of each of these meetings that has anybody. */
  online(ids: readonly number[]): Promise<Map<number, number>>;
  passwordHash(id: number): Promise<string | undefined>;
  /** Meetings with a deadline that has passed. */
  due(now: number, limit: number): Promise<number[]>;
  ongoing(): Promise<{ id: number; inMedia: number }[]>;
  /** Meetings that are not over and that somebody is online or waiting in. */
  engaging(userId: number): Promise<number[]>;
}

export interface MeetingWrites {
  /** The same as `get`, holding the meeting until the transaction ends where the database can. */
  lock(id: number): Promise<Meeting | undefined>;
  /** Answers it with its numbers. */
  insert(meeting: Meeting, passwordHash: string | null): Promise<Meeting>;
  /**
   * Writes what differs if the version is still `before`'s, and answers it as `get` would; undefined
   * if it is not. Connections in `after` alone are new, those with an end are over; who came in with
   * this very change needs no number in them. One that `after` lacks stays as it is. A connection's
   * quality and the password are written by themselves.
   */
  save(before: Meeting, after: Meeting): Promise<Meeting | undefined>;
  /** null takes it away. */
  setPassword(id: number, hash: string | null): Promise<void>;
  /** Takes the next number of a meeting's events without looking at its people, and holds the meeting; undefined if it is over. */
  bump(id: number): Promise<number | undefined>;
  /**
   * With its people, sessions, messages, polls and those breakout rooms that are over, also out of the
   * totals. Its number is not given again.
   */
  remove(id: number): Promise<void>;
}
