import { applyAll, newParticipant } from './apply.ts';
import type { Person } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, MeetingHead, Participant, Round } from './meeting.ts';
import { manages } from './steps.ts';

/** A new meeting, its particulars checked. */
export type Beginning = Pick<
  MeetingHead,
  'title' | 'description' | 'startTime' | 'endTime' | 'maxParticipants' | 'type' | 'settings' | 'hasPassword'
> &
  Partial<Pick<MeetingHead, 'seriesId' | 'occurrenceDay'>> & { creator: Person };

/** What a beginning comes to. */
export interface Begun {
  before: Meeting;
  meeting: Meeting;
  events: readonly MeetingEvent[];
}

/** What every meeting is before anything has happened to it. */
const unbegun = (now: number) => ({
  id: 0,
  status: 'scheduled' as const,
  locked: false,
  createdAt: now,
  updatedAt: now,
  startedAt: null,
  endedAt: null,
  emptyAt: null,
  version: 0,
  sessions: [],
});

/** A meeting is planned; its creator is its host. */
export function begin({ creator, ...particulars }: Beginning, now: number): Begun {
  const before: Meeting = {
    seriesId: null,
    occurrenceDay: null,
    ...particulars,
    ...unbegun(now),
    parentId: null,
    round: null,
    creatorId: creator.userId,
    participants: [{ ...newParticipant(creator, now), role: 'host', admitted: true }],
  };
  return happens(before, [{ type: 'meeting.created' }], now);
}

/**
 * A breakout room goes on from its beginning, by its meeting's rules. In it, though none has come yet,
 * are those who run the meeting, in their roles, and those who are placed there.
 */
export function beginRoom(
  parent: Meeting,
  { name, userIds, round }: { name: string; userIds: readonly number[]; round: Round },
  now: number,
): Begun {
  const placed = new Set(userIds);
  const people = parent.participants.filter(
    (part) => part.state !== 'removed' && (manages(part) || placed.has(part.userId)),
  );
  const host = people.find(({ role }) => role === 'host');
  const before: Meeting = {
    ...parent,
    ...unbegun(now),
    parentId: parent.id,
    round,
    seriesId: null,
    occurrenceDay: null,
    title: name,
    description: '',
    startTime: null,
    endTime: null,
    settings: { ...parent.settings, waitingRoom: false, guests: false },
    hasPassword: false,
    creatorId: host?.userId ?? parent.creatorId,
    participants: people.map((part): Participant => {
      const role = part.role === 'host' && part !== host ? 'moderator' : part.role;
      return { ...newParticipant(part, now), role, admitted: true };
    }),
  };
  return happens(before, [{ type: 'meeting.created' }, { type: 'meeting.started' }], now);
}

const happens = (before: Meeting, events: readonly MeetingEvent[], now: number): Begun => ({
  before,
  meeting: applyAll(before, events, now),
  events,
});
