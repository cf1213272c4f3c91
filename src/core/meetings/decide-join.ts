import type { Decision, MeetingCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import type { Meeting } from './meeting.ts';
import { CONNECT_MS, participantOf, sessionsOf, WAITING_MS } from './meeting.ts';
import { comeIn, isAsked, manages } from './steps.ts';

/** Of one meeting in all: each visit by the link is somebody new, and who has left is still of it. */
export const MOST_GUESTS = 2000;

/**
 * Again is allowed, and the time to connect begins anew. Who was let in once needs neither password
 * nor leave; before a meeting with a waiting room has begun, though, all wait but host and moderators,
 * and guests do before any: what a stranger could begin would be over when they leave.
 */
export function decideJoin(
  meeting: Meeting,
  { person, proved }: MeetingCommand & { type: 'join' },
  now: number,
): Decision {
  const { userId } = person;
  const part = participantOf(meeting, userId);
  if (meeting.parentId !== null && !part?.admitted) return refuse('other_room');
  if (part?.state === 'removed') return refuse('removed');
  const connected = sessionsOf(meeting, userId).length > 0;
  if (part?.state === 'online') {
    if (connected) return nothing;
    return accept({ type: 'participant.deadline', userId, deadlineAt: now + CONNECT_MS });
  }
  const { settings, status } = meeting;
  const admitted = part?.admitted ?? false;
  const early = person.guest && status === 'scheduled';
  const asked = isAsked(meeting, person.guest === true, now) && !manages(part);
  const waits = early || (asked && !(admitted && status === 'ongoing'));
  if (part?.state === 'waiting' && waits) {
    if (connected) return nothing;
    return accept({ type: 'participant.deadline', userId, deadlineAt: now + WAITING_MS });
  }
  const known = admitted || part?.state === 'waiting';
  // Since they were given their token the meeting has closed itself to guests.
  if (!known && person.guest && !settings.guests) return refuse('no_guests');
  if (!part && person.guest && countGuests(meeting) >= MOST_GUESTS) return refuse('full');
  if (!known && meeting.hasPassword && !proved) return refuse('wrong_password');
  if (!waits) return comeIn(meeting, part ?? person, now);
  if (meeting.locked) return refuse('locked');
  return accept({ type: 'meeting.waiting', ...person, deadlineAt: now + WAITING_MS });
}

const countGuests = ({ participants }: Meeting): number => participants.filter(({ guest }) => guest).length;

export function decideLeave(
  meeting: Meeting,
  { userId, reason }: MeetingCommand & { type: 'leave' },
): Decision {
  const part = participantOf(meeting, userId);
  if (part?.state !== 'online' && part?.state !== 'waiting') return nothing;
  return accept({ type: 'meeting.left', userId, reason });
}
