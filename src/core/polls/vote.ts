import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Asker } from '../calls/ask.ts';
import { forbidden, ParleyError } from '../errors.ts';
import { isOver } from '../meetings/meeting.ts';
import { voted } from './decide.ts';
import { known, seenBy, viewOf } from './known.ts';
import type { PollView } from './poll.ts';

/**
 * A vote and the counts are one transaction that holds the poll alone: it costs the same in a meeting
 * of two and of a thousand, and nothing else in the meeting waits for it.
 */
export function vote(
  { store, clock }: { store: Store; clock: Clock },
  { principal }: Asker,
  { meetingId, id, chosen }: { meetingId: number; id: number; chosen: readonly number[] },
): Promise<PollView> {
  if (principal.kind === 'service') throw forbidden('auth.forbidden');
  const userId = principal.user.id;
  return store.transaction(async (tx) => {
    // First, for it holds the poll: what is read then is not older than whatever it waited for.
    const held = await tx.polls.lock(id);
    const here = await known(tx, principal, meetingId);
    if (isOver(here.head)) throw new ParleyError('gone', 'meeting.over');
    if (here.part?.state !== 'online') throw forbidden('meeting.not_in');
    const poll = seenBy(principal, here, held);
    const before = (await tx.polls.votesOf(userId, [id])).get(id);
    const next = voted(poll, before, { userId, chosen, now: clock.now() });
    if (!next) return viewOf(poll, before);
    await tx.polls.save(next.poll);
    await tx.polls.putVote(next.vote);
    return viewOf(next.poll, next.vote);
  });
}
