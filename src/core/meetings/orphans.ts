import type { Store } from '../../ports/store.ts';
import { sweepDue } from '../sweep.ts';
import type { MeetingCommand } from './commands.ts';
import type { Machine } from './machine.ts';
import type { Meeting } from './meeting.ts';

interface OrphansDeps {
  store: Store;
  machine: Pick<Machine, 'run'>;
  failed: (what: string, error: unknown) => void;
}

/**
 * Somebody's account is gone: what they have planned has nobody to begin it, so it is cancelled, and
 * the invited are told. What has another host stays. How many were cancelled.
 */
export function cancelPlansOf(userId: number, { store, machine, failed }: OrphansDeps): Promise<number> {
  const planned = { creatorId: userId, statuses: ['scheduled'] } as const;
  return sweepDue({
    due: async (limit) =>
      (await store.read.meetings.page(planned, 'soonest', { limit, offset: 0 })).map(({ id }) => id),
    expire: async (id) => (await machine.run(id, async (_, meeting) => cancelled(meeting))).events.length > 0,
    failed: (id, error) => failed(`cancel meeting ${id}, whose maker is gone`, error),
  });
}

function cancelled(meeting: Meeting): MeetingCommand {
  const { creatorId, participants, status } = meeting;
  const hasHost = participants.some(({ role, userId }) => role === 'host' && userId !== creatorId);
  // Also where somebody has begun it meanwhile.
  const stays = hasHost || status === 'ongoing';
  return stays ? { type: 'invite', people: [], by: null } : { type: 'cancel', by: null };
}
