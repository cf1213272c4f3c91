import type { Static } from 'typebox';
import { Type } from 'typebox';
import { candidateFields, Mid, mediaFlags, Role, Sdp, Source, Target, UserId } from './parts.ts';
import { PollOfOnesOwn, pollFrames } from './poll-frames.ts';

const Session = Type.String({
  description: 'The media session: another one than before wants new peer connections on this side',
});

const person = {
  participant_id: Type.Integer(),
  user_id: UserId,
  uid: Type.String(),
  username: Type.String(),
  nickname: Type.String(),
  role: Role,
  guest: Type.Optional(Type.Boolean({ description: 'Has no account' })),
  ...mediaFlags,
};

const Person = Type.Object(person, { additionalProperties: true });
const about = (description: string) => Type.Object(person, { description, additionalProperties: true });
const ofMeeting = (description: string) =>
  Type.Object(
    { title: Type.String(), status: Type.String(), locked: Type.Boolean() },
    { description, additionalProperties: true },
  );

const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const BreakoutRoom = Type.Object({ meeting_id: Type.Integer(), name: Type.String() });

/** What the server sends, by `type`: the schema of `data`. Fields beyond these may be there. */
export const serverFrames = {
  joined: Type.Object(
    {
      status: Type.Union([Type.Literal('online'), Type.Literal('waiting')]),
      participant_id: Type.Integer(),
      role: Role,
      participants: Type.Array(Person, { description: 'Who is there, oneself too; nobody while waiting' }),
      polls: Type.Array(PollOfOnesOwn, { description: 'Those that are open (an addition)' }),
      settings: Type.Record(Type.String(), Type.Boolean()),
      ice_servers: Type.Array(
        Type.Object({
          urls: Type.Union([Type.String(), Type.Array(Type.String())]),
          username: Type.Optional(Type.String()),
          credential: Type.Optional(Type.String()),
        }),
      ),
      breakouts: Type.Optional(
        Type.Object(
          {},
          { description: 'What breakouts-opened tells next (an addition)', additionalProperties: true },
        ),
      ),
      parent_id: Type.Optional(
        Type.Integer({ description: 'In a breakout room: its meeting (an addition)' }),
      ),
      closes_at: Type.Optional(
        OrNull(
          Type.String({ description: 'In a breakout room: when it closes, if that is set (an addition)' }),
        ),
      ),
      session: OrNull(Type.String({ description: 'The media session that goes on, if one does' })),
      url: OrNull(Type.String({ description: 'For LiveKit clients; null while waiting' })),
      token: OrNull(Type.String()),
    },
    { description: 'To whoever joins; again, by itself, when they are let in' },
  ),
  'user-joined': about('Somebody came in'),
  'user-left': about('Somebody left; reason says how'),
  offer: Type.Object(
    {
      type: Type.Literal('offer'),
      sdp: Sdp,
      session: Type.Optional(Session),
      tracks: Type.Optional(
        Type.Array(
          Type.Object({
            mid: Mid,
            user_id: OrNull(UserId),
            source: OrNull(Source),
            muted: Type.Boolean(),
          }),
          { description: 'Whose and what the sections are; the stream of each is named after its user_id' },
        ),
      ),
    },
    { description: 'From somebody, handed on; from the server, what others publish' },
  ),
  answer: Type.Object(
    { type: Type.Literal('answer'), sdp: Sdp, session: Type.Optional(Session) },
    { description: 'From somebody, handed on; from the server, to what this client publishes' },
  ),
  'ice-candidate': Type.Object(
    { ...candidateFields, target: Type.Optional(Target) },
    { description: 'From somebody, handed on; from the server, for the connection that target names' },
  ),
  chat: Type.Object(
    { id: Type.Integer(), content: Type.String(), created_at: Type.String() },
    { description: 'Somebody wrote; the writer gets it too', additionalProperties: true },
  ),
  'media-state': about('What somebody sends now'),
  error: Type.Object(
    {
      code: Type.Integer({ description: 'The business code where there is one, else as HTTP has it' }),
      reason: Type.String({ description: 'invalid, forbidden, not_found, ...' }),
      message: Type.String(),
      of: Type.Optional(Type.String({ description: 'The type of the frame at fault' })),
      field: Type.Optional(Type.String()),
      mid: Type.Optional(Mid),
    },
    { description: 'A frame has no effect, or a track is refused. The socket stays open' },
  ),
  'user-waiting': about('Somebody waits to be let in (an addition)'),
  'user-invited': about('Somebody was named a participant (an addition)'),
  removed: about('Somebody was taken out; their own sockets close (an addition)'),
  role: about('Somebody has another role (an addition)'),
  hand: about('Somebody raised a hand, or took it down (an addition)'),
  muted: Type.Object(
    {
      users: Type.Optional(Type.Array(about('Whose'))),
      kinds: Type.Optional(Type.Array(Type.String())),
      mid: Type.Optional(Mid),
      source: Type.Optional(OrNull(Source)),
      muted: Type.Optional(Type.Boolean()),
    },
    {
      description:
        'These people were muted; or, with mid, a track of one’s own is muted or not by the server (an addition)',
    },
  ),
  settings: ofMeeting('The meeting has changed (an addition)'),
  'meeting-started': ofMeeting('It has begun (an addition)'),
  'meeting-ended': ofMeeting('It is over; the sockets close (an addition)'),
  ...pollFrames,
  'breakouts-opened': Type.Object(
    {
      free: Type.Boolean({ description: 'Everybody chooses their room' }),
      closing: Type.Boolean(),
      opened_at: Type.String(),
      closes_at: OrNull(Type.String()),
      rooms: Type.Array(BreakoutRoom),
      room: OrNull(BreakoutRoom),
    },
    {
      description:
        'Breakout rooms are open, and `room` is one’s own: another meeting, to be joined as such. Told to who comes later too (an addition)',
      additionalProperties: true,
    },
  ),
  'breakouts-moved': Type.Object(
    { user_id: UserId, room: OrNull(BreakoutRoom) },
    {
      description: 'Somebody has a place in another room, or in none (an addition)',
      additionalProperties: true,
    },
  ),
  'breakouts-changed': Type.Object(
    {},
    {
      description:
        'Who is in the rooms, or has a place there, is different: `GET .../breakouts` says how. Best-effort (an addition)',
      additionalProperties: true,
    },
  ),
  'breakouts-help': Type.Object(
    { user_id: UserId, room: BreakoutRoom },
    {
      description: 'Somebody asks host and moderators into a room (an addition)',
      additionalProperties: true,
    },
  ),
  'breakouts-closing': Type.Object(
    { closes_at: Type.String() },
    {
      description: 'The rooms are over by then; told in the rooms too (an addition)',
      additionalProperties: true,
    },
  ),
  'breakouts-closed': Type.Object(
    {},
    { description: 'The rooms are over (an addition)', additionalProperties: true },
  ),
  event: Type.Object(
    { type: Type.String(), seq: Type.Integer(), data: Type.Object({}, { additionalProperties: true }) },
    { description: 'Anything else that happens in the meeting (an addition)' },
  ),
  pong: Type.Object({}, { description: 'Answers ping (an addition)' }),
};

export type ServerType = keyof typeof serverFrames;
export type ServerData<T extends ServerType> = Static<(typeof serverFrames)[T]>;
