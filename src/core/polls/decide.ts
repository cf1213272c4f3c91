import { conflict } from '../errors.ts';
import { cleanChoice } from './clean.ts';
import type { Poll, Vote } from './poll.ts';

/** What becomes of a poll; undefined where it is so already. Pure; throws what speaks against it. */

/** Everybody is told of new counts at most this often. */
export const TELL_MS = 1000;

export function opened(poll: Poll, now: number): Poll | undefined {
  if (poll.status === 'closed') throw conflict('poll.closed');
  return poll.status === 'open' ? undefined : { ...poll, status: 'open', openedAt: now, toldAt: now };
}

export function closed(poll: Poll, now: number): Poll | undefined {
  if (poll.status === 'draft') throw conflict('poll.not_open');
  return poll.status === 'closed' ? undefined : { ...poll, status: 'closed', closedAt: now, dueAt: null };
}

/**
 * A vote, in the place of the one given before. Who votes anonymously has voted: nobody knows what
 * they would take back.
 */
export function voted(
  poll: Poll,
  before: Vote | undefined,
  { userId, chosen, now }: { userId: number; chosen: readonly number[]; now: number },
): { poll: Poll; vote: Vote } | undefined {
  if (poll.status !== 'open') throw conflict(poll.status === 'closed' ? 'poll.closed' : 'poll.not_open');
  const options = cleanChoice(poll, chosen);
  if (before && poll.anonymous) throw conflict('poll.voted');
  const taken = before?.options ?? [];
  if (before && String(taken) === String(options)) return undefined;
  const counts = poll.counts.map(
    (count, index) => count + Number(options.includes(index)) - Number(taken.includes(index)),
  );
  const dueAt = poll.dueAt ?? Math.max(now, (poll.toldAt ?? now) + TELL_MS);
  return {
    poll: { ...poll, counts, voters: poll.voters + (before ? 0 : 1), dueAt },
    vote: { pollId: poll.id, userId, options: poll.anonymous ? null : options },
  };
}

/** The counts are told, when it is time. */
export function told(poll: Poll, now: number): Poll | undefined {
  return poll.dueAt === null || poll.dueAt > now ? undefined : { ...poll, toldAt: now, dueAt: null };
}
