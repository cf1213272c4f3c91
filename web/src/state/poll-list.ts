import type { Poll } from './sdk.ts';

/**
 * What was read, as it is by now, with what has come since; newest first. An answer that was given in
 * another window is told to nobody: it is in what was read.
 */
export function mergedPolls(
  read: readonly Poll[],
  live: ReadonlyMap<number, Poll> | undefined,
): readonly Poll[] {
  const all = new Map(read.map((poll) => [poll.id, poll]));
  for (const [id, poll] of live ?? []) {
    const { voted = false, myVote = null } = poll.voted ? poll : (all.get(id) ?? {});
    all.set(id, { ...poll, voted, myVote });
  }
  return [...all.values()].sort((a, b) => b.id - a.id);
}

/** What one can still answer. */
export const unanswered = (live: ReadonlyMap<number, Poll> | undefined): Poll[] =>
  [...(live?.values() ?? [])].filter(({ status, voted }) => status === 'open' && !voted);

/** How much of all who have voted chose an option, from 0 to 1. */
export const shareOf = ({ votes, voters }: Poll, index: number): number =>
  voters === 0 ? 0 : (votes?.[index] ?? 0) / voters;
