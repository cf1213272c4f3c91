import type { Decision, MeetingCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, Participant, ParticipantRole } from './meeting.ts';
import { isFull, participantOf } from './meeting.ts';
import { letIn, startedIf } from './steps.ts';

/** Lets in who waits, names who is to come, brings back who was removed. */
export function decideAdd(
  meeting: Meeting,
  { person, role, by }: MeetingCommand & { type: 'add' },
  now: number,
): Decision {
  const { userId, guest } = person;
  const part = participantOf(meeting, userId);
  if (guest && role !== undefined && role !== 'participant') return refuse('guest');
  if (part?.state === 'waiting') return admit(meeting, part, role ?? part.role, by, now);
  if (role === 'host' && meeting.status === 'ongoing' && part?.state !== 'online')
    return refuse('not_online');
  const was = part?.role ?? 'participant';
  const named: MeetingEvent[] = part?.admitted ? [] : [{ type: 'meeting.invited', ...person, role: was, by }];
  if (role === undefined || role === was) return accept(...named);
  if (was === 'host') return refuse('host_needed');
  return accept(...named, ...roleGiven(meeting, userId, role, by));
}

/** Whoever has no part yet, or has one no more. */
export function decideInvite(
  meeting: Meeting,
  { people, by }: MeetingCommand & { type: 'invite' },
): Decision {
  const named = people.filter(({ userId }) => {
    const part = participantOf(meeting, userId);
    return part === undefined || (!part.admitted && part.state !== 'waiting');
  });
  return accept(
    ...named.map((person): MeetingEvent => ({ type: 'meeting.invited', ...person, role: 'participant', by })),
  );
}

export function decideRemove(
  meeting: Meeting,
  { userId, by }: MeetingCommand & { type: 'remove' },
): Decision {
  const part = participantOf(meeting, userId);
  if (!part) return refuse('no_participant');
  if (part.state === 'removed') return nothing;
  return accept({ type: 'meeting.removed', userId, by });
}

/** A waiting one is let in by it. The host's role goes to another only by giving it to them. */
export function decideRole(
  meeting: Meeting,
  { userId, role, by }: MeetingCommand & { type: 'role' },
  now: number,
): Decision {
  const part = participantOf(meeting, userId);
  if (!part || part.state === 'removed') return refuse('no_participant');
  if (part.guest && role !== 'participant') return refuse('guest');
  if (part.state === 'waiting') return admit(meeting, part, role, by, now);
  if (part.role === role) return nothing;
  if (part.role === 'host') return refuse('host_needed');
  if (role === 'host' && meeting.status === 'ongoing' && part.state !== 'online') return refuse('not_online');
  return accept(...roleGiven(meeting, userId, role, by));
}

function admit(
  meeting: Meeting,
  part: Participant,
  role: ParticipantRole,
  by: number | null,
  now: number,
): Decision {
  if (isFull(meeting) && role !== 'host') return refuse('full');
  const roles = role === part.role ? [] : roleGiven(meeting, part.userId, role, by);
  return accept(...startedIf(meeting), ...roles, letIn(meeting, part, now));
}

/**
 * A new host takes the place of the old one, who is a moderator then. A creator who is away while
 * somebody stands in for them keeps the right to be host again, unless it is they who give it away.
 */
function roleGiven(
  meeting: Meeting,
  userId: number,
  role: ParticipantRole,
  by: number | null,
): MeetingEvent[] {
  const given: MeetingEvent = { type: 'meeting.role', userId, role, by };
  if (role !== 'host') return [given];
  const { creatorId } = meeting;
  const keeps = (part: Participant) =>
    part.userId === creatorId && part.state !== 'online' && by !== creatorId && by !== null;
  const others = meeting.participants.filter(
    (part) => part.role === 'host' && part.userId !== userId && !keeps(part),
  );
  return [
    given,
    ...others.map(
      (part): MeetingEvent => ({ type: 'meeting.role', userId: part.userId, role: 'moderator', by }),
    ),
  ];
}
