import type { Person } from './commands.ts';
import { isTold, type MeetingEvent } from './events.ts';
import type { Meeting, MeetingSession, Participant, SessionEnd } from './meeting.ts';
import { participantOf, sessionsOf } from './meeting.ts';

/** The next value of a meeting after one event. Pure; never refuses: what may happen is `decide`'s. */
export function apply(meeting: Meeting, event: MeetingEvent, at: number): Meeting {
  const next = isTold(event) ? { ...meeting, version: meeting.version + 1, updatedAt: at } : meeting;
  switch (event.type) {
    case 'meeting.created':
      return next;
    case 'meeting.updated':
      return { ...next, ...event.change };
    case 'meeting.locked':
      return { ...next, locked: event.locked };
    case 'meeting.started':
      return { ...next, status: 'ongoing', startedAt: at };
    case 'meeting.ended':
      return { ...closed(next, 'ended', at), status: 'ended', endedAt: at, emptyAt: null, round: null };
    case 'meeting.cancelled':
      return { ...closed(next, 'ended', at), status: 'cancelled', endedAt: at };
    case 'meeting.empty':
      return { ...next, emptyAt: event.emptyAt };
    case 'meeting.invited': {
      const { role } = event;
      return withPart(next, event, at, { state: 'invited', admitted: true, role });
    }
    case 'meeting.waiting':
      return withPart(next, event, at, { state: 'waiting', deadlineAt: event.deadlineAt, ...silent });
    case 'meeting.joined': {
      const { deadlineAt } = event;
      const now = { state: 'online', admitted: true, joinedAt: at, leftAt: null, deadlineAt } as const;
      return withPart(next, event, at, { ...now, ...silent });
    }
    case 'meeting.left':
      return withPart(disconnected(next, event.userId, event.reason, at), event, at, (part) =>
        gone(part, at),
      );
    case 'meeting.removed':
      return withPart(disconnected(next, event.userId, 'removed', at), event, at, (part) => ({
        ...gone(part, at),
        state: 'removed',
        admitted: false,
        role: 'participant',
      }));
    case 'meeting.role':
      return withPart(next, event, at, { role: event.role });
    case 'meeting.media':
      return withPart(next, event, at, { media: event.media });
    case 'meeting.hand':
      return withPart(next, event, at, { handAt: event.raised ? at : null });
    case 'meeting.muted':
      return event.userIds.reduce<Meeting>(
        (value, userId) =>
          withPart(value, { userId }, at, ({ media }) => ({
            media: { ...media, ...Object.fromEntries(event.kinds.map((kind) => [kind, false])) },
          })),
        next,
      );
    case 'session.opened': {
      const { userId } = event.session;
      const opened = { ...next, sessions: [...next.sessions, event.session] };
      return withPart(opened, { userId }, at, { deadlineAt: null });
    }
    case 'session.closed':
      return sessionClosed(next, event, at);
    case 'meeting.breakouts_opened':
      return { ...next, round: event.round };
    case 'meeting.breakouts_closing':
      return { ...next, round: next.round && { ...next.round, closing: true, closesAt: event.closesAt } };
    case 'meeting.breakouts_closed':
      return { ...next, round: null };
    case 'round.occupied':
      return { ...next, round: next.round && { ...next.round, occupied: event.occupied } };
    // Where somebody is placed is said by the rooms.
    case 'meeting.breakouts_moved':
    case 'meeting.breakouts_help':
      return next;
    case 'participant.deadline':
      return withPart(next, event, at, { deadlineAt: event.deadlineAt });
  }
}

export const applyAll = (meeting: Meeting, events: readonly MeetingEvent[], at: number): Meeting =>
  events.reduce((value, event) => apply(value, event, at), meeting);

const silent = { handAt: null, media: { audio: false, video: false, screen: false } } as const;

/** Somebody's part once they are no longer there. */
const gone = ({ state, leftAt }: Participant, at: number) =>
  ({
    state: 'offline',
    leftAt: state === 'online' ? at : leftAt,
    deadlineAt: null,
    ...silent,
  }) as const;

/** The meeting is over: nobody is in it, and no connection is left. */
function closed(meeting: Meeting, reason: SessionEnd, at: number): Meeting {
  return {
    ...meeting,
    participants: meeting.participants.map((part) =>
      part.state === 'online' || part.state === 'waiting'
        ? { ...part, ...gone(part, at), updatedAt: at }
        : part,
    ),
    sessions: meeting.sessions.map((session) => ended(session, reason, at)),
  };
}

const ended = (session: MeetingSession, reason: SessionEnd, at: number): MeetingSession =>
  session.endedAt === null ? { ...session, endedAt: at, reason } : session;

const disconnected = (meeting: Meeting, userId: number, reason: SessionEnd, at: number): Meeting => ({
  ...meeting,
  sessions: meeting.sessions.map((session) =>
    session.userId === userId ? ended(session, reason, at) : session,
  ),
});

function sessionClosed(
  meeting: Meeting,
  { id, reason, deadlineAt }: MeetingEvent & { type: 'session.closed' },
  at: number,
): Meeting {
  const session = meeting.sessions.find((one) => one.id === id);
  if (!session) throw new Error('no session ends that never was');
  const sessions = meeting.sessions.map((one) => (one === session ? ended(one, reason, at) : one));
  const next = { ...meeting, sessions };
  if (sessionsOf(next, session.userId).length > 0) return next;
  return withPart(next, session, at, { deadlineAt });
}

type Change = Partial<Participant>;

/** Somebody's part replaced, at its place; a new one comes last. */
function withPart(
  meeting: Meeting,
  { userId, uid, guest }: { userId: number; uid?: string; guest?: boolean },
  at: number,
  change: Change | ((part: Participant) => Change),
): Meeting {
  const known = participantOf(meeting, userId);
  if (!known && uid === undefined) throw new Error('nothing happens to somebody who has no part');
  const part = known ?? newParticipant({ userId, uid: uid ?? '', ...(guest && { guest }) }, at);
  const changed = typeof change === 'function' ? change(part) : change;
  const after = { ...part, ...changed, updatedAt: at };
  const participants = known
    ? meeting.participants.map((old) => (old === known ? after : old))
    : [...meeting.participants, after];
  return { ...meeting, participants };
}

export const newParticipant = ({ userId, uid, guest = false }: Person, at: number): Participant => ({
  id: 0,
  userId,
  uid,
  role: 'participant',
  state: 'invited',
  guest,
  admitted: false,
  joinedAt: null,
  leftAt: null,
  deadlineAt: null,
  createdAt: at,
  updatedAt: at,
  ...silent,
});
