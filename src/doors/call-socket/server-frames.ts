import type { Static, TProperties } from 'typebox';
import { Type } from 'typebox';
import {
  CallId,
  CallType,
  Candidate,
  Description,
  LegState,
  MediaDevice,
  Participant,
  Person,
  Time,
  Uid,
} from './parts.ts';

/** About a call, from (or about) somebody in it. */
const about = <P extends TProperties>(properties: P, description: string) =>
  Type.Object({ callId: CallId, senderId: Uid, ...properties, timestamp: Time }, { description });

const reason = Type.Optional(Type.String());

/** There when a room carries the call; peer to peer when absent. */
const Sfu = Type.Optional(Type.Literal('sfu'));

/** What the server sends, by `type`: the schema of `data`. */
export const serverFrames = {
  'call:offer': about(
    {
      senderInfo: Person,
      offer: Type.Optional(Description),
      conversationId: Type.Optional(Type.String()),
      callType: CallType,
      groupId: Type.Optional(Type.String()),
      invited: Type.Optional(Type.Literal(true)),
    },
    'It rings. Without an offer when none was given; invited when somebody in the call asks one in',
  ),
  'call:answer': about(
    { responderInfo: Person, answer: Type.Optional(Description) },
    'To whoever called: taken',
  ),
  'call:ice_candidate': about({ candidate: Candidate }, 'Handed on unchanged'),
  'call:signal': about(
    { description: Type.Optional(Description), candidate: Type.Optional(Candidate) },
    'Handed on unchanged (an addition)',
  ),
  'call:hang_up': about({ reason }, 'The call is over; cancelled while it rang'),
  'call:reject': about({ reason }, 'To whoever called: refused'),
  'call:busy': about({ message: Type.String() }, 'To whoever called: in another call'),
  'call:timeout': about(
    {},
    'Nobody answered in time: to the caller and every ringing device; senderId called',
  ),
  'call:not_available': Type.Object(
    { message: Type.String(), receiverId: Uid },
    { description: 'To the sender of an offer: no device is there' },
  ),
  'call:ringing': Type.Object(
    { callId: CallId, receiverId: Uid, timestamp: Time },
    { description: 'To the caller: the first device has been sent the call (an addition)' },
  ),
  'call:accepted': Type.Object(
    { callId: CallId, participants: Type.Array(Participant), media: Sfu, timestamp: Time },
    { description: 'To the device that answered (an addition)' },
  ),
  'call:answered_elsewhere': Type.Object(
    { callId: CallId, timestamp: Time },
    { description: 'To the other devices of whoever answered (an addition)' },
  ),
  'call:rejected_elsewhere': Type.Object(
    { callId: CallId, timestamp: Time },
    { description: 'To the other devices of whoever refused (an addition)' },
  ),
  'call:media_state': about(
    { muted: Type.Boolean(), videoOn: Type.Boolean(), device: Type.Optional(MediaDevice) },
    'Somebody’s microphone and camera, always both (an addition)',
  ),
  'call:participant': Type.Object(
    {
      callId: CallId,
      uid: Uid,
      state: LegState,
      muted: Type.Boolean(),
      videoOn: Type.Boolean(),
      senderInfo: Person,
      timestamp: Time,
    },
    { description: 'In a group call: somebody’s part has changed (an addition)' },
  ),
  'call:upgraded': Type.Object(
    {
      callId: CallId,
      room: Type.String(),
      url: Type.String({ description: 'Of a LiveKit server' }),
      token: Type.String({ description: 'Of this person alone, for this room alone' }),
      timestamp: Time,
    },
    { description: 'To everybody in it: the call is carried by a room (an addition)' },
  ),
  'call:sync': Type.Object(
    {
      calls: Type.Array(
        Type.Object({
          callId: CallId,
          state: Type.Union([Type.Literal('calling'), Type.Literal('ringing'), Type.Literal('connected')]),
          callType: CallType,
          callerId: Uid,
          participants: Type.Array(Participant),
          media: Sfu,
          createdAt: Time,
          connectedAt: Type.Optional(Time),
        }),
      ),
      timestamp: Time,
    },
    { description: 'What is live (an addition)' },
  ),
  presence: Type.Object(
    { uid: Uid, online: Type.Boolean() },
    { description: 'A contact came or went (an addition)' },
  ),
  'contact:request': Type.Object(
    { uid: Uid, senderInfo: Person, timestamp: Time },
    { description: 'Somebody asks to be a contact (an addition)' },
  ),
  'contact:accepted': Type.Object(
    { uid: Uid, senderInfo: Person, timestamp: Time },
    { description: 'Somebody is a contact now (an addition)' },
  ),
  event: Type.Object(
    {
      subject: Type.String(),
      seq: Type.Integer(),
      type: Type.String(),
      at: Time,
      data: Type.Object({}, { additionalProperties: true }),
    },
    { description: 'An event of a followed subject (an addition)' },
  ),
  pong: Type.Object({}, { description: 'Answers ping (an addition)' }),
  error: Type.Object(
    { message: Type.String(), code: Type.Integer(), callId: Type.Optional(CallId) },
    { description: 'A frame was refused; code as HTTP has it. The socket stays open' },
  ),
};

export type ServerType = keyof typeof serverFrames;
export type ServerData<T extends ServerType> = Static<(typeof serverFrames)[T]>;
/** A frame as it goes out. */
export type ServerFrame = { [T in ServerType]: { type: T; data: ServerData<T> } }[ServerType];
