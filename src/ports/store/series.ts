import type { MeetingHead, MeetingStatus } from '../../core/meetings/meeting.ts';
import type { Series } from '../../core/series/series.ts';
import type { Page } from './meetings.ts';

/** A meeting of a series, and the day of the series that it stands for. */
export interface MadeMeeting {
  meetingId: number;
  day: string;
  status: MeetingStatus;
}

export interface SeriesQueries {
  get(id: number): Promise<Series | undefined>;
  /** Newest first. */
  ofCreator(userId: number, page: Page): Promise<Series[]>;
  countOf(userId: number): Promise<number>;
  /** All its meetings, soonest first. */
  meetings(id: number, page: Page): Promise<MeetingHead[]>;
  countMeetings(id: number): Promise<number>;
  /** Of each of these, of its meetings that go on or are planned and not past, the first; by series. */
  nextOf(ids: readonly number[], now: number): Promise<Map<number, MeetingHead>>;
  /** Whether somebody has a part in any of its meetings. */
  isIn(id: number, userId: number): Promise<boolean>;
  passwordHash(id: number): Promise<string | undefined>;
  /** Those to be looked at by now. */
  due(now: number, limit: number): Promise<number[]>;
  /** Its meetings that stand for a day of it, or for this one or a later: of each day there is one. */
  made(id: number, fromDay?: string): Promise<MadeMeeting[]>;
}

export interface SeriesWrites {
  /** The same as `get`, holding the series until the transaction ends where the database can. */
  lock(id: number): Promise<Series | undefined>;
  /** Answers it with its number. */
  insert(series: Series, passwordHash: string | null): Promise<Series>;
  /** Writes one that is held; its password is written by itself. */
  save(series: Series): Promise<void>;
  /** null takes it away. */
  setPassword(id: number, hash: string | null): Promise<void>;
  /** Its meetings that stand for this day or a later one go over to another series. */
  move(id: number, to: number, fromDay: string): Promise<void>;
  /** A meeting stands for no day of its series any more. */
  release(meetingId: number): Promise<void>;
}
