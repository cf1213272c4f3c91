import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { attempts, Overtaken } from '../attempts.ts';
import { subjectOf } from '../meetings/meeting.ts';
import { told } from './decide.ts';
import { shownCounts } from './describe.ts';

/**
 * Tells everybody how the votes fall, if that is due. The time is kept with the poll: whichever node
 * comes first tells, and there is nothing left for the others.
 */
export async function tell(
  { store, bus, clock }: { store: Store; bus: Bus; clock: Clock },
  id: number,
): Promise<boolean> {
  const news = await attempts('meeting.contended', () =>
    store.transaction(async (tx) => {
      const at = clock.now();
      const seen = await tx.polls.byId(id);
      if (!seen || !told(seen, at)) return undefined;
      const { meetingId } = seen;
      const subject = subjectOf(meetingId);
      const seq = await tx.meetings.bump(meetingId);
      const poll = await tx.polls.lock(id);
      const next = poll && told(poll, at);
      // Somebody was quicker; the meeting's number is given back with the transaction.
      if (!next) throw new Overtaken();
      await tx.polls.save(next);
      // The meeting is over, and with that all is told.
      if (seq === undefined) return undefined;
      const data = { meeting_id: meetingId, poll_id: id, ...shownCounts(next) };
      await tx.events.append([{ subject, seq, at, type: 'meeting.poll_updated', data }]);
      return subject;
    }),
  );
  if (news !== undefined) bus.publish('committed', { subject: news });
  return news !== undefined;
}
