import { iso } from '../meetings/describe.ts';
import type { Poll, PollView } from './poll.ts';
import { showsCounts } from './poll.ts';

const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** A poll as everybody may see it: in events, frames and answers. */
export const shownPoll = (poll: Poll) => ({
  poll_id: poll.id,
  meeting_id: poll.meetingId,
  creator_id: poll.creatorId,
  question: poll.question,
  options: [...poll.options],
  multiple: poll.multiple,
  anonymous: poll.anonymous,
  results: poll.results,
  status: poll.status,
  ...shownCounts(poll),
  created_at: iso(poll.createdAt),
  opened_at: isoOrNull(poll.openedAt),
  closed_at: isoOrNull(poll.closedAt),
});

/** The same for one person, with what they have said themselves. */
export const shownView = ({ poll, voted, vote }: PollView) => ({
  ...shownPoll(poll),
  voted,
  my_vote: vote && [...vote],
});

/** What changes with every vote. */
export const shownCounts = (poll: Poll) => ({
  voters: poll.voters,
  votes: showsCounts(poll) ? [...poll.counts] : null,
});
