import { applyAll, newParticipant } from './apply.ts';
import type { Person } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, MeetingHead } from './meeting.ts';

/** A new meeting, its particulars checked. */
export type Beginning = Pick<
  MeetingHead,
  'title' | 'description' | 'startTime' | 'endTime' | 'maxParticipants' | 'type' | 'settings' | 'hasPassword'
> & { creator: Person };

/** A meeting is planned; its creator is its host. */
export function begin(
  { creator, ...particulars }: Beginning,
  now: number,
): { before: Meeting; meeting: Meeting; events: readonly MeetingEvent[] } {
  const before: Meeting = {
    ...particulars,
    id: 0,
    status: 'scheduled',
    creatorId: creator.userId,
    locked: false,
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    endedAt: null,
    emptyAt: null,
    version: 0,
    participants: [{ ...newParticipant(creator, now), role: 'host', admitted: true }],
    sessions: [],
  };
  const events: MeetingEvent[] = [{ type: 'meeting.created' }];
  return { before, meeting: applyAll(before, events, now), events };
}
