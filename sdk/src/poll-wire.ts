import type { Poll, PollVote } from './poll-types.ts';

export interface WirePoll {
  poll_id: number;
  meeting_id: number;
  creator_id: number | null;
  question: string;
  options: string[];
  multiple: boolean;
  anonymous: boolean;
  results: Poll['results'];
  status: Poll['status'];
  voters: number;
  votes: number[] | null;
  created_at: string;
  opened_at: string | null;
  closed_at: string | null;
  /** Not in frames, which are for everybody. */
  voted?: boolean;
  my_vote?: number[] | null;
}

export interface WirePolls {
  polls: WirePoll[];
  total: number;
}

interface WireVote {
  user_id: number;
  username: string;
  nickname: string;
  options: number[];
}

export interface WireVotes {
  votes: WireVote[];
  total: number;
}

const date = (text: string | null) => (text === null ? null : new Date(text));

export const pollOf = (wire: WirePoll): Poll => ({
  id: wire.poll_id,
  meetingId: wire.meeting_id,
  creatorId: wire.creator_id,
  question: wire.question,
  options: wire.options,
  multiple: wire.multiple,
  anonymous: wire.anonymous,
  results: wire.results,
  status: wire.status,
  voters: wire.voters,
  votes: wire.votes,
  createdAt: new Date(wire.created_at),
  openedAt: date(wire.opened_at),
  closedAt: date(wire.closed_at),
  voted: wire.voted ?? false,
  myVote: wire.my_vote ?? null,
});

export const voteOf = (wire: WireVote): PollVote => ({
  userId: wire.user_id,
  name: wire.nickname || wire.username,
  options: wire.options,
});

export type PollsNow = ReadonlyMap<number, Poll>;

export const pollsWith = (polls: PollsNow, poll: Poll): PollsNow => new Map(polls).set(poll.id, poll);

/** Those that are open for somebody who comes in, and those they have seen close. */
export function pollsOnJoining(before: PollsNow, open: readonly WirePoll[]): PollsNow {
  const closed = [...before.values()].filter(({ status }) => status === 'closed');
  return new Map([...closed, ...open.map(pollOf)].map((poll) => [poll.id, poll]));
}

/** After one frame; what it says is everybody's, what oneself has chosen stays. Pure. */
export function pollsAfter(polls: PollsNow, type: string, data: Record<string, unknown>): PollsNow {
  const id = Number(data.poll_id);
  const known = polls.get(id);
  switch (type) {
    case 'poll-opened':
    case 'poll-closed': {
      const poll = pollOf(data as unknown as WirePoll);
      return pollsWith(polls, known ? { ...poll, voted: known.voted, myVote: known.myVote } : poll);
    }
    case 'poll-updated': {
      const { voters, votes } = data as unknown as Pick<WirePoll, 'voters' | 'votes'>;
      return known ? pollsWith(polls, { ...known, voters, votes }) : polls;
    }
    case 'poll-removed': {
      if (!known) return polls;
      const rest = new Map(polls);
      rest.delete(id);
      return rest;
    }
    default:
      return polls;
  }
}
