import type { App } from '../../core/app.ts';
import type { LoggedEvent } from '../../core/events.ts';
import type { Meeting } from '../../core/meetings/index.ts';
import { onlineIn } from '../../core/meetings/index.ts';
import { shownAs } from '../../core/users/index.ts';
import { wholeSeconds } from '../time.ts';
import { encode } from './frames.ts';
import { SERVER } from './parse.ts';
import type { ServerType } from './server-frames.ts';

/** Events that are one frame about one person, or about the meeting. */
const FRAMES: Readonly<Record<string, ServerType>> = {
  'meeting.joined': 'user-joined',
  'meeting.left': 'user-left',
  'meeting.media': 'media-state',
  'meeting.message': 'chat',
  'meeting.waiting': 'user-waiting',
  'meeting.invited': 'user-invited',
  'meeting.role': 'role',
  'meeting.hand': 'hand',
  'meeting.updated': 'settings',
  'meeting.locked': 'settings',
  'meeting.started': 'meeting-started',
  'meeting.ended': 'meeting-ended',
  'meeting.cancelled': 'meeting-ended',
  'meeting.deleted': 'meeting-ended',
  'meeting.breakouts_moved': 'breakouts-moved',
  'meeting.breakouts_help': 'breakouts-help',
  'meeting.breakouts_closing': 'breakouts-closing',
  'meeting.breakouts_closed': 'breakouts-closed',
  'meeting.poll_opened': 'poll-opened',
  'meeting.poll_updated': 'poll-updated',
  'meeting.poll_closed': 'poll-closed',
  'meeting.poll_removed': 'poll-removed',
};

/** Encoded once for all sockets: the feed gives all of them the same event. */
const encoded = new WeakMap<LoggedEvent, readonly Buffer[]>();

/** What everybody is told of an event. */
export function shown(event: LoggedEvent, meetingId: number): readonly Buffer[] {
  const known = encoded.get(event);
  if (known) return known;
  const made = framesOf(event, meetingId).map((text) => Buffer.from(text));
  encoded.set(event, made);
  return made;
}

function framesOf({ type, seq, data }: LoggedEvent, id: number): string[] {
  const from = typeof data.user_id === 'number' ? data.user_id : SERVER;
  switch (type) {
    case 'meeting.message':
      return [encode(id, 'chat', { id: data.message_id, ...data }, from)];
    case 'meeting.removed':
      // Who had left is out already: of them it was told.
      if (data.was === 'offline' || data.was === 'invited') break;
      return [encode(id, 'user-left', { ...data, reason: 'removed' }, from)];
    case 'meeting.muted': {
      // Who knows the contract alone hears of flags.
      const users = Array.isArray(data.users) ? (data.users as { user_id: number }[]) : [];
      const flags = users.map((user) => encode(id, 'media-state', user, user.user_id));
      return [encode(id, 'muted', data), ...flags];
    }
  }
  const frame = FRAMES[type];
  if (!frame) return [encode(id, 'event', { type, seq, data }, from)];
  const settings = isRecord(data.settings) ? { settings: shownSettings(data.settings) } : {};
  return [encode(id, frame, { ...data, ...settings }, from)];
}

/** Breakout rooms, to one of those who go into them: which is theirs, and not who goes where. */
export function roomFor({ data: { rooms, by: _, ...data } }: LoggedEvent, userId: number): object {
  const named = (Array.isArray(rooms) ? rooms : []).map(({ user_ids: people, ...room }: LoggedRoom) => ({
    room,
    own: people.includes(userId),
  }));
  const own = named.find((one) => one.own)?.room ?? null;
  return { ...data, rooms: named.map(({ room }) => room), room: own };
}

interface LoggedRoom {
  meeting_id: number;
  name: string;
  user_ids: readonly number[];
}

/** In the contract's words, from the core's or the log's. */
export function shownSettings(settings: object): Record<string, boolean> {
  const named = Object.entries(settings).map(([name, value]) => {
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [OWN_WORDS[snake] ?? `enable_${snake}`, value];
  });
  return Object.fromEntries(named);
}

const OWN_WORDS: Readonly<Record<string, string>> = { mute_on_join: 'mute_on_join', guests: 'allow_guests' };

/** Who is there, for somebody who comes in. */
export async function shownPeople(app: Pick<App, 'store'>, meeting: Meeting) {
  const there = onlineIn(meeting);
  const users = await app.store.read.users.byIds(there.map(({ userId }) => userId));
  const known = new Map(users.map((user) => [user.id, user]));
  return there.map(({ id, userId, uid, role, guest, joinedAt, handAt, media }) => {
    const user = known.get(userId);
    return {
      participant_id: id,
      user_id: userId,
      ...(user ? shownAs(user) : { uid, username: uid, nickname: uid }),
      avatar_url: user?.avatarUrl ?? null,
      role,
      guest,
      status: 'online',
      joined_at: joinedAt === null ? null : wholeSeconds(joinedAt),
      ...media,
      hand_raised_at: handAt === null ? null : wholeSeconds(handAt),
    };
  });
}

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
