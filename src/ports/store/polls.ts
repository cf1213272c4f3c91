import type { Poll, Vote } from '../../core/polls/poll.ts';
import type { Page } from './meetings.ts';

/** What is asked of those in a meeting, and who has answered what. */
export interface PollQueries {
  byId(id: number): Promise<Poll | undefined>;
  /** Newest first; `drafts`: also those that were never opened. */
  page(meetingId: number, page: Page, drafts: boolean): Promise<Poll[]>;
  count(meetingId: number, drafts: boolean): Promise<number>;
  /** Those that can be answered now, oldest first. */
  open(meetingId: number): Promise<Poll[]>;
  /** One person's votes in these polls, by poll. */
  votesOf(userId: number, pollIds: readonly number[]): Promise<Map<number, Vote>>;
  /** In the order of the voters' numbers. */
  votes(pollId: number, page: Page): Promise<Vote[]>;
  /** Polls whose counts are to be told by now. */
  due(now: number, limit: number): Promise<number[]>;
}

export interface PollWrites {
  /** The same as `byId`, holding the poll until the transaction ends. A meeting is held before its polls. */
  lock(id: number): Promise<Poll | undefined>;
  /** Answers it with its number. */
  insert(poll: Poll): Promise<Poll>;
  save(poll: Poll): Promise<void>;
  /** In the place of one that this person gave before. */
  putVote(vote: Vote): Promise<void>;
  /** With its votes. Its number is not given again. */
  remove(id: number): Promise<void>;
}
