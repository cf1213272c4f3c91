import type { Queries } from '../../ports/store.ts';
import type { Asker } from '../calls/ask.ts';
import { notFound } from '../errors.ts';
import { mayDo } from '../meetings/access.ts';
import { isOver, type MeetingHead, type Participant } from '../meetings/meeting.ts';
import type { Poll, PollView, Vote } from './poll.ts';

export type Principal = Asker['principal'];

/** A meeting and the asker's own part in it. */
export interface Known {
  head: MeetingHead;
  part: Participant | undefined;
}

export async function known(
  { meetings }: Pick<Queries, 'meetings'>,
  principal: Principal,
  meetingId: number,
): Promise<Known> {
  const head = await meetings.head(meetingId);
  if (!head) throw notFound('meeting.unknown');
  const part =
    principal.kind === 'user' ? await meetings.participant(meetingId, principal.user.id) : undefined;
  return { head, part };
}

export const runsPolls = (principal: Principal, part: Participant | undefined): boolean =>
  mayDo(principal, part, 'poll');

/** Throws `not_found` for one of another meeting. */
export function ofMeeting(poll: Poll | undefined, meetingId: number): Poll {
  if (poll?.meetingId !== meetingId) throw notFound('poll.unknown');
  return poll;
}

/** A draft is nothing to those who may not open it. */
export function seenBy(principal: Principal, { head, part }: Known, poll: Poll | undefined): Poll {
  const found = ofMeeting(poll, head.id);
  if (found.status === 'draft' && !runsPolls(principal, part)) throw notFound('poll.unknown');
  return found;
}

/** What was open when its meeting ended is closed since. */
export const asOf = (poll: Poll, head: MeetingHead): Poll =>
  poll.status === 'open' && isOver(head) ? { ...poll, status: 'closed', closedAt: head.endedAt } : poll;

export const viewOf = (poll: Poll, vote: Vote | undefined): PollView => ({
  poll,
  voted: vote !== undefined,
  vote: vote?.options ?? null,
});
