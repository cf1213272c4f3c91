import { closePoll } from './close-poll.ts';
import { createPoll } from './create-poll.ts';
import { deletePoll } from './delete-poll.ts';
import { getPoll } from './get-poll.ts';
import { listPolls } from './list-polls.ts';
import { listVotes } from './list-votes.ts';
import { openPoll } from './open-poll.ts';
import { updatePoll } from './update-poll.ts';
import { vote } from './vote.ts';

/** Polls in meetings: an addition to contract E, in its style. */
export const pollRoutes = [
  createPoll,
  listPolls,
  getPoll,
  updatePoll,
  deletePoll,
  openPoll,
  vote,
  listVotes,
  closePoll,
];
