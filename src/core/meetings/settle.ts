import { applyAll } from './apply.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, MeetingRules, Participant } from './meeting.ts';
import { isFull, onlineIn, participantOf } from './meeting.ts';
import { isAsked, letIn } from './steps.ts';

/**
 * What follows from a change by itself, in this order: who has been let in comes in, the host's role
 * is with somebody who is there, and a meeting without anybody has an hour at which it ends.
 */
export function settle(
  before: Meeting,
  events: readonly MeetingEvent[],
  at: number,
  rules: MeetingRules,
): readonly MeetingEvent[] {
  const all = [...events];
  const follow = (step: (now: Meeting) => readonly MeetingEvent[]) => {
    const now = applyAll(before, all, at);
    if (now.status === 'ongoing') all.push(...step(now));
  };
  follow((now) => admissions(now, at));
  // Nobody inherits a breakout room: its roles are its meeting's.
  if (before.parentId === null) follow((now) => hosts(before, now));
  follow((now) => emptiness(now, at, rules));
  return all;
}

/** Nobody waits who was let in before, nor where nobody is asked about them; as far as there are places. */
function admissions(meeting: Meeting, at: number): MeetingEvent[] {
  const places = meeting.maxParticipants - onlineIn(meeting).length;
  if (isFull(meeting)) return [];
  const waits = { guest: isAsked(meeting, true, at), account: isAsked(meeting, false, at) };
  return meeting.participants
    .filter(
      ({ state, admitted, guest }) =>
        state === 'waiting' && (admitted || !waits[guest ? 'guest' : 'account']),
    )
    .slice(0, places)
    .map((part) => letIn(meeting, part, at));
}

/**
 * When the host leaves and others stay, the moderator who is there longest is host, else whoever with
 * an account is there longest; among guests alone nobody is, until somebody comes back. The creator
 * remains host by right and is so again on coming back; who stood in is a moderator then.
 */
function hosts(before: Meeting, meeting: Meeting): MeetingEvent[] {
  const online = onlineIn(meeting);
  const there = online.filter(({ role }) => role === 'host');
  if (there.length > 1) {
    const [first] = there;
    const rightful = there.find(({ userId }) => userId === meeting.creatorId) ?? first;
    return there.filter((one) => one !== rightful).map((one) => toRole(one, 'moderator'));
  }
  const left = before.participants.filter(
    ({ role, state, userId }) =>
      role === 'host' && state === 'online' && participantOf(meeting, userId)?.state !== 'online',
  );
  if (there.length === 1 || left.length === 0) return [];
  const successor =
    longest(online.filter(({ role }) => role === 'moderator')) ??
    longest(online.filter(({ guest }) => !guest));
  if (!successor) return [];
  const stoodIn = left.filter(
    ({ userId }) => userId !== meeting.creatorId && participantOf(meeting, userId)?.role === 'host',
  );
  return [toRole(successor, 'host'), ...stoodIn.map((one) => toRole(one, 'moderator'))];
}

const longest = (people: readonly Participant[]): Participant | undefined =>
  [...people].sort((a, b) => (a.joinedAt ?? 0) - (b.joinedAt ?? 0))[0];

const toRole = ({ userId }: Participant, role: 'host' | 'moderator'): MeetingEvent => ({
  type: 'meeting.role',
  userId,
  role,
  by: null,
});

function emptiness(meeting: Meeting, at: number, { emptyRoomMs }: MeetingRules): MeetingEvent[] {
  // A breakout room lasts as long as its round; and whoever is in one has not left the meeting to nobody.
  if (meeting.parentId !== null) return [];
  const isEmpty = onlineIn(meeting).length === 0 && !meeting.round?.occupied;
  if (isEmpty === (meeting.emptyAt !== null)) return [];
  return [{ type: 'meeting.empty', emptyAt: isEmpty ? at + emptyRoomMs : null }];
}
