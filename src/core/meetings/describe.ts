import type { shownAs } from '../users/shown.ts';
import type { RoomName, ToldEvent } from './events.ts';
import type { Meeting, MeetingHead, Participant, Round } from './meeting.ts';
import { participantOf } from './meeting.ts';

/** How people are shown in events, by id. */
export type Names = ReadonlyMap<number, ReturnType<typeof shownAs>>;

/** Whom an event is about. */
export function aboutOf(event: ToldEvent): readonly number[] {
  if ('userIds' in event) return event.userIds;
  return 'userId' in event ? [event.userId] : [];
}

/** An event as the log has it: what a socket's frame needs, of the meeting as it is right after. */
export function describe(
  event: ToldEvent,
  before: Meeting,
  after: Meeting,
  names: Names,
): Record<string, unknown> {
  const by = 'by' in event ? { by: event.by } : {};
  const person = (userId: number) => personOf(after, userId, names);
  switch (event.type) {
    case 'meeting.created':
    case 'meeting.started':
    case 'meeting.locked':
      return { ...headOf(after) };
    case 'meeting.updated':
      return { ...headOf(after), changed: Object.keys(event.change).map(snake) };
    case 'meeting.ended':
      return { ...headOf(after), reason: event.reason, ...by };
    case 'meeting.cancelled':
      return { ...headOf(after), ...by };
    case 'meeting.muted': {
      const users = event.userIds.map(person);
      return { meeting_id: after.id, users, kinds: event.kinds, ...by };
    }
    case 'meeting.breakouts_opened': {
      const rooms = event.rooms.map(({ userIds, ...room }) => ({ ...shownRoom(room), user_ids: userIds }));
      return { meeting_id: after.id, ...shownRound(event.round), rooms, ...by };
    }
    case 'meeting.breakouts_closing':
      return { meeting_id: after.id, closes_at: iso(event.closesAt), ...by };
    case 'meeting.breakouts_closed':
      return { meeting_id: after.id, ...by };
    case 'meeting.breakouts_moved':
      return {
        meeting_id: after.id,
        ...person(event.userId),
        room: event.room && shownRoom(event.room),
        ...by,
      };
    case 'meeting.breakouts_help':
      return { meeting_id: after.id, ...person(event.userId), room: shownRoom(event.room) };
    case 'meeting.left':
    case 'meeting.removed': {
      const was = participantOf(before, event.userId)?.state ?? 'online';
      const reason = 'reason' in event ? { reason: event.reason } : {};
      return { meeting_id: after.id, ...person(event.userId), was, ...reason, ...by };
    }
    case 'meeting.hand':
      return { meeting_id: after.id, ...person(event.userId), raised: event.raised };
    default:
      return { meeting_id: after.id, ...person(event.userId), ...by };
  }
}

function personOf(meeting: Meeting, userId: number, names: Names) {
  const part = participantOf(meeting, userId);
  return {
    ...(part ? shownPart(part) : {}),
    user_id: userId,
    ...(names.get(userId) ?? { username: part?.uid ?? '', nickname: part?.uid ?? '' }),
  };
}

const shownPart = (part: Participant) => ({
  participant_id: part.id,
  uid: part.uid,
  role: part.role,
  guest: part.guest,
  status: part.state,
  joined_at: isoOrNull(part.joinedAt),
  ...part.media,
  hand_raised_at: isoOrNull(part.handAt),
});

/** Breakout rooms as frames have them. */
export const shownRound = ({ free, closing, openedAt, closesAt }: Round) => ({
  free,
  closing,
  opened_at: iso(openedAt),
  closes_at: isoOrNull(closesAt),
});
export const shownRoom = ({ id, name }: RoomName) => ({ meeting_id: id, name });

/** A meeting's particulars as events have them. */
export const headOf = (meeting: MeetingHead) => ({
  meeting_id: meeting.id,
  parent_id: meeting.parentId,
  title: meeting.title,
  description: meeting.description,
  start_time: isoOrNull(meeting.startTime),
  end_time: isoOrNull(meeting.endTime),
  max_participants: meeting.maxParticipants,
  meeting_type: meeting.type,
  status: meeting.status,
  creator_id: meeting.creatorId,
  settings: Object.fromEntries(Object.entries(meeting.settings).map(([name, value]) => [snake(name), value])),
  has_password: meeting.hasPassword,
  locked: meeting.locked,
  created_at: isoOrNull(meeting.createdAt),
  started_at: isoOrNull(meeting.startedAt),
  ended_at: isoOrNull(meeting.endedAt),
});

const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** As contract E writes times. */
export const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
