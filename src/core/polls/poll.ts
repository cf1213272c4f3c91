/** A question to those in a meeting: plain data, one value per change. The rules are in the files beside it. */

export type PollStatus = 'draft' | 'open' | 'closed';
/** When everybody sees how the answers fall: while they are given, or once it is closed. */
export type PollResults = 'live' | 'closed';

export interface Poll {
  /** Given by the database; 0 until then. */
  id: number;
  meetingId: number;
  /** null: a service made it. */
  creatorId: number | null;
  question: string;
  options: readonly string[];
  /** One may choose several. */
  multiple: boolean;
  /** Who has voted is kept so that nobody does twice, what they chose is not: such a vote is final. */
  anonymous: boolean;
  results: PollResults;
  status: PollStatus;
  /** How often each option was chosen. Kept, so that no votes need be read to know. */
  counts: readonly number[];
  /** How many have voted. */
  voters: number;
  createdAt: number;
  openedAt: number | null;
  closedAt: number | null;
  /** When everybody was told of the counts last, and by when they are to be told again; null: they know. */
  toldAt: number | null;
  dueAt: number | null;
}

/** One person's answer; a poll has one of each at most. */
export interface Vote {
  pollId: number;
  userId: number;
  /** By their places in the poll, in order; null where the poll is anonymous. */
  options: readonly number[] | null;
}

/** A poll as somebody sees it, and what they have said themselves. */
export interface PollView {
  poll: Poll;
  voted: boolean;
  /** null: they have not voted, or nobody knows what. */
  vote: readonly number[] | null;
}

/** Whether everybody may see the counts. */
export const showsCounts = ({ results, status }: Poll): boolean => results === 'live' || status === 'closed';
