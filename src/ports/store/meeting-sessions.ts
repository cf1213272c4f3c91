import type { MeetingSession, MeetingStatus, SessionQuality } from '../../core/meetings/meeting.ts';
import type { Page } from './meetings.ts';

/** What has happened over all meetings that are kept. Cheap at a million sessions. */
export interface MeetingTotals {
  users: number;
  meetings: { scheduled: number; ongoing: number; ended: number; cancelled: number };
  sessions: { open: number; total: number };
  /** Sum over the sessions that have ended, in whole seconds. */
  durationS: number;
  messages: number;
}

/** One meeting's numbers. */
export interface MeetingNumbers {
  meetingId: number;
  title: string;
  status: MeetingStatus;
  online: number;
  /** Different people who have ever been in. */
  people: number;
  sessions: number;
  messages: number;
  startedAt: number | null;
  endedAt: number | null;
}

/** Connections of participants are written with their meeting (`MeetingWrites.save`). */
export interface MeetingSessionQueries {
  byId(id: string): Promise<MeetingSession | undefined>;
  /** Newest first. */
  page(meetingId: number, page: Page, open?: boolean): Promise<MeetingSession[]>;
  count(meetingId: number, open?: boolean): Promise<number>;
  /** Meetings with sockets of nodes whose lease has run out, or was never taken. */
  ofDeadNodes(now: number): Promise<{ meetingId: number; id: string; userId: number }[]>;
  totals(): Promise<MeetingTotals>;
  /** Those ongoing first, then the newest; of the meetings somebody has a part in, if somebody is named. */
  numbers(page: Page, ofUser?: number): Promise<MeetingNumbers[]>;
}

export interface MeetingSessionWrites {
  /** Of those that last; the rest is what it was. */
  saveQuality(quality: readonly { id: string; quality: SessionQuality }[]): Promise<void>;
}
