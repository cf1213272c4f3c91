import type { Decision, NewSession, Person } from './commands.ts';
import { accept, refuse } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, MeetingSession, Participant } from './meeting.ts';
import { CONNECT_MS, isFull, sessionsOf } from './meeting.ts';

/** Events that several commands come to. */

/** Somebody comes in; without a connection yet they have a while to make one. */
export const letIn = (
  meeting: Meeting,
  { userId, uid, guest = false }: Person,
  at: number,
): MeetingEvent => ({
  type: 'meeting.joined',
  userId,
  uid,
  guest,
  deadlineAt: sessionsOf(meeting, userId).length > 0 ? null : at + CONNECT_MS,
});

/** The first who comes in, or is let in, starts it. */
export const startedIf = ({ status }: Meeting): MeetingEvent[] =>
  status === 'scheduled' ? [{ type: 'meeting.started' }] : [];

/** So long after a guest was taken out new ones are asked about; the removed one is forgotten by then. */
const WARY_MS = 86_400_000;

/**
 * Whether somebody who has not been let in yet needs somebody's leave. Of guests all do for a while once
 * one of them was taken out: whoever comes by the link is somebody new, and may be that one.
 */
export const isAsked = ({ settings, participants }: Meeting, guest: boolean, now: number): boolean =>
  settings.waitingRoom ||
  (guest &&
    participants.some((one) => one.guest && one.state === 'removed' && now < one.updatedAt + WARY_MS));

export const manages = (part: Participant | undefined): boolean =>
  part?.role === 'host' || part?.role === 'moderator';

/** In by themselves who need no one's leave: a locked door and a full room stop all but the host. */
export function comeIn(
  meeting: Meeting,
  part: Person & { role?: Participant['role'] },
  at: number,
): Decision {
  const isHost = part.role === 'host';
  if (meeting.locked && !isHost) return refuse('locked');
  if (isFull(meeting) && !isHost) return refuse('full');
  return accept(...startedIf(meeting), letIn(meeting, part, at));
}

export const opened = (
  meeting: Meeting,
  { id, userId }: Participant,
  session: NewSession,
  at: number,
): MeetingEvent => ({
  type: 'session.opened',
  session: {
    ...session,
    meetingId: meeting.id,
    participantId: id,
    userId,
    startedAt: at,
    endedAt: null,
    reason: null,
    quality: null,
  } satisfies MeetingSession,
});
