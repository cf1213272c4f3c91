import type { MeetingMessage } from '../../core/meetings/meeting.ts';
import type { Page } from './meetings.ts';

/** What was said in writing in a meeting. */
export interface MessageQueries {
  /** Oldest first; `after`: those with a greater number only. */
  page(meetingId: number, page: Page, after?: number): Promise<MeetingMessage[]>;
  /** Newest first; `before`: those with a smaller number only. */
  latest(meetingId: number, limit: number, before?: number): Promise<MeetingMessage[]>;
  count(meetingId: number): Promise<number>;
}

export interface MessageWrites {
  /** Answers it with its number. */
  insert(message: MeetingMessage): Promise<MeetingMessage>;
}
