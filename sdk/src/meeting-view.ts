import type { Breakouts } from './breakout-types.ts';
import { breakoutsAfter, breakoutsOf, type WireBreakouts } from './breakouts.ts';
import type {
  Meeting,
  MeetingMessage,
  MeetingParticipant,
  MeetingRole,
  MeetingSettings,
} from './meeting-types.ts';
import type { WireMeeting, WireMessage, WireParticipant, WireSettings } from './meeting-wire.ts';
import { meetingOf, messageOf, participantOf, settingsOf } from './meeting-wire.ts';
import type { Poll } from './poll-types.ts';
import { pollsAfter, pollsOnJoining, type WirePoll } from './poll-wire.ts';

/** A meeting as one of its people knows it now: one value per change. */
export interface MeetingView {
  /** `joining`: the server has not answered yet; `over`: see the event of that name. */
  readonly status: 'joining' | 'waiting' | 'online' | 'over';
  /** Whether news come in right now. */
  readonly link: 'connecting' | 'open' | 'reconnecting';
  readonly userId: number | undefined;
  readonly role: MeetingRole;
  /** Who is in it, oneself too, by the user's number, in the order they came. */
  readonly people: ReadonlyMap<number, MeetingParticipant>;
  /** Who waits to be let in, as far as one may let them in. */
  readonly waiting: ReadonlyMap<number, MeetingParticipant>;
  readonly messages: readonly MeetingMessage[];
  /** Those that are open, and those that one has seen close, by their number, in the order they came. */
  readonly polls: ReadonlyMap<number, Poll>;
  /** Its breakout rooms while they are open. */
  readonly breakouts: Breakouts | null;
  readonly settings: MeetingSettings | undefined;
  /** Title, times, lock; absent until it was read. */
  readonly meeting: Meeting | undefined;
  /** For a LiveKit client; null where the server carries no media. */
  readonly media: { url: string; token: string } | null;
  readonly muteOnJoin: boolean;
}

export const newView: MeetingView = {
  status: 'joining',
  link: 'connecting',
  userId: undefined,
  role: 'participant',
  people: new Map(),
  waiting: new Map(),
  messages: [],
  polls: new Map(),
  breakouts: null,
  settings: undefined,
  meeting: undefined,
  media: null,
  muteOnJoin: false,
};

/** A frame of the signalling socket. */
export interface LineFrame {
  type: string;
  from: number | string;
  data: Record<string, unknown>;
}

/** What `joined` says. */
export interface WireJoined {
  status: 'online' | 'waiting';
  participant_id: number;
  role: MeetingRole;
  participants: WireParticipant[];
  polls: WirePoll[];
  breakouts?: WireBreakouts;
  settings: WireSettings;
  url: string | null;
  token: string | null;
}

/** Whoever runs the meeting: lets in, mutes, removes, locks. */
export const manages = (role: MeetingRole): boolean => role !== 'participant';

/** Somebody as a frame has them: without a picture, which frames do not carry. */
export function personIn(data: Record<string, unknown>): MeetingParticipant {
  const wire = { username: '', avatar_url: null, left_at: null, ...data } as unknown as WireParticipant;
  const person = participantOf(wire);
  return { ...person, name: person.name || person.uid };
}

export const messageIn = (data: Record<string, unknown>): MeetingMessage =>
  messageOf(data as unknown as WireMessage);

export function joinedView(view: MeetingView, wire: WireJoined): MeetingView {
  const { status, role, url, token } = wire;
  return {
    ...view,
    status,
    role,
    people: new Map(wire.participants.map((person) => [person.user_id, participantOf(person)])),
    waiting: status === 'online' && manages(role) ? view.waiting : new Map(),
    polls: pollsOnJoining(view.polls, wire.polls),
    breakouts: wire.breakouts ? breakoutsOf(wire.breakouts) : null,
    settings: settingsOf(wire.settings),
    media: url !== null && token !== null ? { url, token } : null,
  };
}

/** Messages in their order, each once. */
export function withMessages(view: MeetingView, more: readonly MeetingMessage[]): MeetingView {
  const all = new Map([...view.messages, ...more].map((one) => [one.id, one]));
  return { ...view, messages: [...all.values()].sort((a, b) => a.id - b.id) };
}

/** The next value after one frame; the same value where it says nothing new. Pure. */
export function next(view: MeetingView, { type, data }: LineFrame): MeetingView {
  switch (type) {
    case 'user-joined': {
      const person = personIn(data);
      const known = view.people.get(person.userId);
      const people = new Map(view.people);
      people.set(person.userId, { ...person, avatarUrl: known?.avatarUrl ?? null });
      return { ...view, people, waiting: without(view.waiting, person.userId) };
    }
    case 'user-left':
    case 'removed': {
      const who = Number(data.user_id);
      return { ...view, people: without(view.people, who), waiting: without(view.waiting, who) };
    }
    case 'user-waiting': {
      if (!manages(view.role)) return view;
      const person = personIn(data);
      return { ...view, waiting: new Map(view.waiting).set(person.userId, person) };
    }
    case 'media-state':
    case 'hand':
    case 'role':
      return changed(view, data);
    case 'chat':
      return withMessages(view, [messageIn(data)]);
    case 'settings':
    case 'meeting-started':
    case 'meeting-ended': {
      // One that was taken out of the lists says no more than that.
      if (!data.settings) return view;
      const meeting = meetingOf(data as unknown as WireMeeting);
      return { ...view, meeting, settings: meeting.settings };
    }
    default: {
      const polls = pollsAfter(view.polls, type, data);
      const breakouts = breakoutsAfter(view.breakouts, { type, data }, view.userId);
      const same = polls === view.polls && breakouts === view.breakouts;
      return same ? view : { ...view, polls, breakouts };
    }
  }
}

/** What a frame says of somebody who is there; what it leaves out stays. */
function changed(view: MeetingView, data: Record<string, unknown>): MeetingView {
  const who = Number(data.user_id);
  const known = view.people.get(who);
  const role = who === view.userId && data.role ? (data.role as MeetingRole) : view.role;
  const waiting = manages(role) ? view.waiting : new Map<number, MeetingParticipant>();
  if (!known) return { ...view, role, waiting };
  const { audio, video, screen, hand_raised_at: hand } = { ...wireFlags(known), ...data };
  const person: MeetingParticipant = {
    ...known,
    role: (data.role as MeetingRole | undefined) ?? known.role,
    audio: audio === true,
    video: video === true,
    screen: screen === true,
    handRaisedAt: typeof hand === 'string' ? new Date(hand) : hand instanceof Date ? hand : null,
  };
  return { ...view, role, waiting, people: new Map(view.people).set(who, person) };
}

const wireFlags = ({ audio, video, screen, handRaisedAt }: MeetingParticipant) => ({
  audio,
  video,
  screen,
  hand_raised_at: handRaisedAt as unknown,
});

function without<T>(map: ReadonlyMap<number, T>, key: number): ReadonlyMap<number, T> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}
