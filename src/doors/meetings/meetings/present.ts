import type { App } from '../../../core/app.ts';
import type { Invitation } from '../../../core/invitations/index.ts';
import type {
  MeetingHead,
  MeetingMessage,
  MeetingSettings,
  Participant,
} from '../../../core/meetings/index.ts';
import type { User } from '../../../core/users/index.ts';
import { shownAs } from '../../../core/users/index.ts';
import { wholeSeconds } from '../../time.ts';

export const timeOrNull = (ms: number | null) => (ms === null ? null : wholeSeconds(ms));

const SETTINGS = {
  enable_recording: 'recording',
  enable_chat: 'chat',
  enable_screen_share: 'screenShare',
  enable_waiting_room: 'waitingRoom',
  mute_on_join: 'muteOnJoin',
  allow_guests: 'guests',
} as const satisfies Record<string, keyof MeetingSettings>;

type SettingsAsked = { [K in keyof typeof SETTINGS]?: boolean };

/** The contract's settings in the core's words; what is not said stays as it is. */
export function settingsOf(asked: SettingsAsked = {}): Partial<MeetingSettings> {
  const named = Object.entries(SETTINGS) as [keyof typeof SETTINGS, keyof MeetingSettings][];
  return Object.fromEntries(
    named.flatMap(([name, setting]) => (asked[name] === undefined ? [] : [[setting, asked[name]]])),
  );
}

export const presentSettings = (settings: MeetingSettings) => ({
  enable_recording: settings.recording,
  enable_chat: settings.chat,
  enable_screen_share: settings.screenShare,
  enable_waiting_room: settings.waitingRoom,
  mute_on_join: settings.muteOnJoin,
  allow_guests: settings.guests,
});

export const presentMeeting = (meeting: MeetingHead) => ({
  meeting_id: meeting.id,
  title: meeting.title,
  description: meeting.description,
  start_time: timeOrNull(meeting.startTime),
  end_time: timeOrNull(meeting.endTime),
  max_participants: meeting.maxParticipants,
  meeting_type: meeting.type,
  status: meeting.status,
  creator_id: meeting.creatorId,
  settings: presentSettings(meeting.settings),
  created_at: wholeSeconds(meeting.createdAt),
  updated_at: wholeSeconds(meeting.updatedAt),
  started_at: timeOrNull(meeting.startedAt),
  ended_at: timeOrNull(meeting.endedAt),
  has_password: meeting.hasPassword,
  locked: meeting.locked,
  series_id: meeting.seriesId,
  parent_id: meeting.parentId,
});

type Person = Pick<User, 'id' | 'username' | 'uid' | 'displayName' | 'avatarUrl' | 'status'>;
const GONE: Omit<Person, 'id'> = {
  username: null,
  uid: '',
  displayName: '',
  avatarUrl: null,
  status: 'deleted',
};

/** Names are read anew each time, all at once, so that one is never an old one. */
async function peopleOf(app: App, ids: readonly number[]): Promise<(id: number) => Person> {
  const users = await app.store.read.users.byIds([...new Set(ids)]);
  const known = new Map(users.map((user) => [user.id, user]));
  return (id) => known.get(id) ?? { ...GONE, id };
}

const named = (person: Person) => {
  const { username, nickname } = shownAs(person);
  return { username, nickname };
};

/** How people are called, by their numbers. */
export async function namesOf(app: App, ids: readonly number[]) {
  const person = await peopleOf(app, ids);
  return (id: number) => named(person(id));
}

/** Who was named but has not come, and who was taken out, is offline to the contract. */
const presence = ({ state }: Participant): 'online' | 'waiting' | 'offline' =>
  state === 'online' || state === 'waiting' ? state : 'offline';

export async function presentParticipants(app: App, meetingId: number, participants: readonly Participant[]) {
  const present = await presenterOf(app, participants);
  return participants.map((participant) => present(meetingId, participant));
}

/** Presents any of these, of whichever meeting. */
export async function presenterOf(app: App, participants: readonly Participant[]) {
  const person = await peopleOf(
    app,
    participants.map(({ userId }) => userId),
  );
  return (meetingId: number, participant: Participant) => ({
    participant_id: participant.id,
    meeting_id: meetingId,
    user_id: participant.userId,
    ...named(person(participant.userId)),
    role: participant.role,
    status: presence(participant),
    joined_at: timeOrNull(participant.joinedAt),
    uid: shownAs(person(participant.userId)).uid,
    avatar_url: person(participant.userId).avatarUrl,
    left_at: timeOrNull(participant.leftAt),
    ...participant.media,
    hand_raised_at: timeOrNull(participant.handAt),
    guest: participant.guest,
  });
}

export async function presentMessages(app: App, messages: readonly MeetingMessage[]) {
  const person = await peopleOf(
    app,
    messages.map(({ userId }) => userId),
  );
  return messages.map((message) => ({
    message_id: message.id,
    meeting_id: message.meetingId,
    user_id: message.userId,
    ...named(person(message.userId)),
    content: message.content,
    created_at: wholeSeconds(message.at),
  }));
}

export async function presentInvitations(app: App, invitations: readonly Invitation[]) {
  const person = await peopleOf(
    app,
    invitations.flatMap(({ userId }) => userId ?? []),
  );
  const nobody = { username: null, nickname: null, avatar_url: null };
  const shown = (id: number) => ({ ...named(person(id)), avatar_url: person(id).avatarUrl });
  return invitations.map(({ id, meetingId, userId, email, by, at }) => ({
    invitation_id: id,
    meeting_id: meetingId,
    user_id: userId,
    ...(userId === null ? nobody : shown(userId)),
    email,
    invited_by: by,
    invited_at: wholeSeconds(at),
  }));
}

/** The only one of a list of one. */
export function only<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('nothing was presented of one thing');
  return one;
}
