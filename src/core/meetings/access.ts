import type { Asker } from '../calls/ask.ts';
import { forbidden } from '../errors.ts';
import type { Meeting, MeetingHead, Participant } from './meeting.ts';
import { participantOf } from './meeting.ts';
import { type Action, may, mayActOn, type Standing } from './roles.ts';

type Principal = Asker['principal'];

/** Reads and manages every meeting without being in it. */
export const oversees = (principal: Principal): boolean =>
  principal.kind === 'service' || principal.user.role === 'admin';

/** One's own role, where one is not a service or does not act as an administrator. */
function standingOf(principal: Principal, part: Participant | undefined, action: Action): Standing {
  if (principal.kind === 'service') return 'service';
  if (principal.user.role === 'admin' && may(action, 'admin')) return 'admin';
  return part && part.state !== 'removed' ? part.role : null;
}

/** Throws `forbidden`; answers what the asker stands for. */
export function checkMay(principal: Principal, meeting: Meeting, action: Action): Standing {
  const own = principal.kind === 'user' ? participantOf(meeting, principal.user.id) : undefined;
  return checkPart(principal, own, action);
}

/** The same of the asker's own part alone, where the rest of the meeting is not read. */
export function checkPart(principal: Principal, own: Participant | undefined, action: Action): Standing {
  const standing = standingOf(principal, own, action);
  if (!may(action, standing)) {
    throw forbidden(own && own.state !== 'removed' ? 'meeting.not_allowed' : 'meeting.not_in');
  }
  return standing;
}

export const mayDo = (principal: Principal, own: Participant | undefined, action: Action): boolean =>
  may(action, standingOf(principal, own, action));

/**
 * The same for what is done to somebody. Whoever stands in for the creator is not their master:
 * the part of a creator who is host by right is changed by themselves, administrators and services.
 */
export function checkMayTo(
  principal: Principal,
  meeting: Meeting,
  action: Action,
  target: Participant | undefined,
): void {
  const standing = checkMay(principal, meeting, action);
  if (!target) return;
  if (!mayActOn(standing, target.role)) throw forbidden('meeting.not_allowed');
  const rightful = target.userId === meeting.creatorId && target.role === 'host';
  const itself = principal.kind === 'user' && principal.user.id === target.userId;
  if (rightful && !itself && !oversees(principal)) throw forbidden('meeting.creator');
}

/** A stranger reads what needs no password; who was removed is a stranger. */
export function checkRead(principal: Principal, head: MeetingHead, part: Participant | undefined): void {
  if (oversees(principal)) return;
  // A breakout room is shown to others by its meeting alone.
  if (head.parentId !== null && (!part || part.state === 'removed')) throw forbidden('meeting.not_in');
  if (!head.hasPassword) return;
  if (!part || part.state === 'removed') throw forbidden('meeting.password_needed');
}

/** Who is in it is read by those who have a part in it and are not kept waiting. */
export function checkInside(principal: Principal, part: Participant | undefined): void {
  if (!oversees(principal) && !isInside(part)) throw forbidden('meeting.not_in');
}

const isInside = (part: Participant | undefined): boolean =>
  part !== undefined && part.state !== 'removed' && part.admitted;

/** Has been in it, or holds it: may read what was said. */
export const hasBeenIn = (part: Participant | undefined): boolean =>
  part !== undefined && part.state !== 'removed' && (part.joinedAt !== null || part.role === 'host');

/** What was said is read by those who have been in it; an administrator too only then. */
export function checkMessages(principal: Principal, part: Participant | undefined): void {
  if (principal.kind !== 'service' && !hasBeenIn(part)) throw forbidden('meeting.not_in');
}
