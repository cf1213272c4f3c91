/** Polls as an application sees them; the wire's words are in `poll-wire.ts`. */

export interface Poll {
  id: number;
  meetingId: number;
  /** null: the host application made it. */
  creatorId: number | null;
  question: string;
  options: readonly string[];
  /** Several answers may be chosen. */
  multiple: boolean;
  /** Nobody can know who chose what; such a vote is final. */
  anonymous: boolean;
  /** When everybody sees the votes: while they are given, or once it is closed. */
  results: 'live' | 'closed';
  /** A draft is seen by those alone who may open it. */
  status: 'draft' | 'open' | 'closed';
  /** How many have voted. */
  voters: number;
  /** How often each option was chosen; null while that is hidden. */
  votes: readonly number[] | null;
  createdAt: Date;
  openedAt: Date | null;
  closedAt: Date | null;
  /** Whether oneself has, and what; null: nothing, or anonymously. */
  voted: boolean;
  myVote: readonly number[] | null;
}

export interface PollChanges {
  question?: string;
  options?: readonly string[];
  multiple?: boolean;
  anonymous?: boolean;
  results?: Poll['results'];
}

export type NewPoll = PollChanges & { question: string; options: readonly string[] };

/** Somebody's answer, by the options' places. */
export interface PollVote {
  userId: number;
  name: string;
  options: readonly number[];
}
