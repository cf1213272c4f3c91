import { Type } from 'typebox';
import type { MeetingStatus, MeetingType, ParticipantRole } from '../../../core/meetings/index.ts';
import { WholeNumber } from '../../whole-number.ts';
import { OrNull, Time } from '../envelope.ts';

export const Id = WholeNumber({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const OfMeeting = Type.Object({ id: Id });
export const OfParticipant = Type.Object({ id: Id, user_id: Id });
export const Count = Type.Integer({ minimum: 0 });

export const Title = Type.String({ minLength: 1, maxLength: 200, examples: ['Team Meeting'] });
export const Description = Type.String({ maxLength: 4000, examples: ['Weekly sync'] });
/** Read with any offset, answered in UTC. */
export const Moment = Type.String({ minLength: 10, maxLength: 40, examples: ['2025-10-03T10:00:00Z'] });
export const Password = Type.String({ minLength: 1, maxLength: 128 });
export const Capacity = Type.Integer({ minimum: 2, maximum: 1000, examples: [10] });
export const Content = Type.String({ minLength: 1, maxLength: 4000 });

export const Kind = Type.Unsafe<MeetingType>({ type: 'string', enum: ['video', 'audio'] });
export const Status = Type.Unsafe<MeetingStatus>({
  type: 'string',
  enum: ['scheduled', 'ongoing', 'ended', 'cancelled'],
});
export const Role = Type.Unsafe<ParticipantRole>({
  type: 'string',
  enum: ['host', 'moderator', 'participant'],
});
export const Presence = Type.Unsafe<'online' | 'offline' | 'waiting'>({
  type: 'string',
  enum: ['online', 'offline', 'waiting'],
});

export const Settings = Type.Object({
  enable_recording: Type.Boolean(),
  enable_chat: Type.Boolean(),
  enable_screen_share: Type.Boolean(),
  enable_waiting_room: Type.Boolean(),
  mute_on_join: Type.Boolean(),
  allow_guests: Type.Boolean(),
});
export const SomeSettings = Type.Partial(Settings);

/** What may be said of a meeting, or of a series of them, beside its title, times and password. */
export const Particulars = {
  description: Type.Optional(Description),
  max_participants: Type.Optional(Capacity),
  meeting_type: Type.Optional(Kind),
  settings: Type.Optional(SomeSettings),
};
export const Creator = Type.Optional(
  Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Integer({ minimum: 1 })], {
    description: 'For a service: whose it is, by uid or user_id.',
  }),
);

/** The contract's Meeting; what follows `created_at` are Parley's additions. */
export const MeetingModel = Type.Object({
  meeting_id: Type.Integer(),
  title: Type.String(),
  description: Type.String(),
  start_time: OrNull(Time),
  end_time: OrNull(Time),
  max_participants: Type.Integer(),
  meeting_type: Kind,
  status: Status,
  creator_id: Type.Integer(),
  settings: Settings,
  created_at: Time,
  updated_at: Time,
  started_at: OrNull(Time),
  ended_at: OrNull(Time),
  has_password: Type.Boolean(),
  locked: Type.Boolean(),
  series_id: OrNull(Type.Integer()),
  parent_id: OrNull(Type.Integer({ description: 'Of a breakout room: its meeting' })),
});

/** The contract's Participant; what follows `joined_at` are Parley's additions. */
export const ParticipantModel = Type.Object({
  participant_id: Type.Integer(),
  meeting_id: Type.Integer(),
  user_id: Type.Integer(),
  username: Type.String(),
  nickname: Type.String(),
  role: Role,
  status: Presence,
  joined_at: OrNull(Time),
  uid: Type.String(),
  avatar_url: OrNull(Type.String()),
  left_at: OrNull(Time),
  audio: Type.Boolean(),
  video: Type.Boolean(),
  screen: Type.Boolean(),
  hand_raised_at: OrNull(Time),
  guest: Type.Boolean({ description: 'Has no account' }),
});

export const MessageModel = Type.Object({
  message_id: Type.Integer(),
  meeting_id: Type.Integer(),
  user_id: Type.Integer(),
  username: Type.String(),
  nickname: Type.String(),
  content: Type.String(),
  created_at: Time,
});
