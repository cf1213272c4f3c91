import { Type } from 'typebox';

/** Parts of frames, in both directions. */

const text = (max: number, description: string) => Type.String({ minLength: 1, maxLength: max, description });

export const CallId = text(64, 'The call, as the server named it');
export const Uid = text(64, 'A uid, or a decimal id from a client');
export const Time = Type.String({ format: 'date-time', description: 'ISO 8601, UTC, milliseconds' });
export const CallType = Type.Union([Type.Literal('video'), Type.Literal('audio')]);

/** Handed on unchanged, further fields included. */
export const Description = Type.Object(
  { type: Type.Optional(Type.String({ maxLength: 32 })), sdp: Type.Optional(Type.String()) },
  { description: 'RTCSessionDescription' },
);

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

export const Candidate = Type.Union(
  [
    Type.Object({
      candidate: Type.Optional(Type.String()),
      sdpMid: orNull(Type.String()),
      sdpMLineIndex: orNull(Type.Number()),
      usernameFragment: orNull(Type.String()),
    }),
    Type.Null(),
  ],
  { description: 'RTCIceCandidate; null after the last one' },
);

/** Words, never a description: they are kept in the history. */
export const Reason = Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });

export const Person = Type.Object(
  { id: Type.Integer(), username: Type.String(), avatar: Type.String() },
  { description: 'avatar is "" for a person without a picture' },
);

export const MediaDevice = Type.Object({
  type: Type.String({ minLength: 1, maxLength: 32 }),
  id: Type.String({ minLength: 1, maxLength: 256 }),
});

export const LegState = Type.Union([
  Type.Literal('invited'),
  Type.Literal('ringing'),
  Type.Literal('joined'),
  Type.Literal('left'),
  Type.Literal('rejected'),
  Type.Literal('busy'),
  Type.Literal('missed'),
  Type.Literal('cancelled'),
]);

export const Participant = Type.Object({
  uid: Uid,
  state: LegState,
  muted: Type.Boolean(),
  videoOn: Type.Boolean(),
});
