import type { Decision, MeetingCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, MeetingRules, MeetingSession, Participant, SessionEnd } from './meeting.ts';
import { participantOf, sessionsOf } from './meeting.ts';
import { comeIn, manages, opened } from './steps.ts';

/** A socket of somebody who has joined, or who may come in without asking. */
export function decideConnect(
  meeting: Meeting,
  { userId, session }: MeetingCommand & { type: 'connect' },
  now: number,
): Decision {
  const part = participantOf(meeting, userId);
  if (part?.state === 'removed') return refuse('removed');
  if (!part) return refuse('not_in');
  if (sessionsOf(meeting, userId).some(({ id }) => id === session.id)) return nothing;
  const connects = opened(meeting, part, session, now);
  if (part.state === 'online' || part.state === 'waiting') return accept(connects);
  const back = comeBack(meeting, part, now);
  return back.ok ? accept(...back.events, connects) : back;
}

/** Who was let in once comes back with a connection; a waiting room before the beginning is `join`'s alone. */
function comeBack(meeting: Meeting, part: Participant, now: number): Decision {
  const waits = meeting.settings.waitingRoom && meeting.status !== 'ongoing' && !manages(part);
  return !part.admitted || waits ? refuse('not_in') : comeIn(meeting, part, now);
}

export function decideDisconnect(
  meeting: Meeting,
  { sessionId, reason }: MeetingCommand & { type: 'disconnect' },
  now: number,
  rules: MeetingRules,
): Decision {
  const session = meeting.sessions.find(({ id }) => id === sessionId);
  return session ? accept(closing(session, reason, now, rules)) : nothing;
}

/** Somebody's media is there, so they are. A refusal means: not let in. */
export function decideEntered(
  meeting: Meeting,
  { userId, session, at, seen, over }: MeetingCommand & { type: 'entered' },
  now: number,
): Decision {
  const part = participantOf(meeting, userId);
  if (part?.state === 'removed') return refuse('removed');
  if (!part || part.state === 'waiting') return refuse('not_in');
  const own = sessionsOf(meeting, userId).filter(({ kind }) => kind === 'media');
  if (own.some(({ sid }) => sid === session.sid)) return nothing;
  // A session that went does not come back: it is told once more, late, or its client has stayed.
  if (over) return seen ? refuse('not_in') : nothing;
  // One member has one session: of those before it was not heard that they went.
  const replaced = own.map(
    ({ id }): MeetingEvent => ({ type: 'session.closed', id, reason: 'replaced', deadlineAt: now }),
  );
  const connects = opened(meeting, part, session, now);
  if (part.state === 'online') return accept(...replaced, connects);
  // Told late: they have left since.
  if (!seen && at <= (part.leftAt ?? 0)) return nothing;
  const back = comeBack(meeting, part, now);
  return back.ok ? accept(...back.events, ...replaced, connects) : back;
}

export function decideGone(
  meeting: Meeting,
  { userId, sid, reason }: MeetingCommand & { type: 'gone' },
  now: number,
  rules: MeetingRules,
): Decision {
  const session = sessionsOf(meeting, userId).find((one) => one.kind === 'media' && one.sid === sid);
  return session ? accept(closing(session, reason, now, rules)) : nothing;
}

/** A page may be reloaded: without any other connection there is a while to come back. */
const closing = (
  { id }: MeetingSession,
  reason: SessionEnd,
  now: number,
  { departureMs }: MeetingRules,
): MeetingEvent => ({ type: 'session.closed', id, reason, deadlineAt: now + departureMs });
