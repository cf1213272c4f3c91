import type { Static } from 'typebox';
import { Type } from 'typebox';
import { candidateFields, Mid, mediaFlags, Sdp, Source, Target } from './parts.ts';

/** What clients send, by `type`: the schema of `data`. The socket checks by these, the document shows them. */
export const clientFrames = {
  join: Type.Object(
    {
      media: Type.Optional(
        Type.Boolean({ description: 'false: this socket has no media of the server’s; another client has' }),
      ),
      session: Type.Optional(
        Type.String({ maxLength: 64, description: 'After a lost socket: the media session to go on with' }),
      ),
      password: Type.Optional(Type.String({ maxLength: 128 })),
    },
    { description: 'Comes into the meeting, or waits to be let in; answered by joined' },
  ),
  leave: Type.Object({}, { description: 'Leaves the meeting' }),
  offer: Type.Object(
    {
      type: Type.Optional(Type.Literal('offer')),
      sdp: Sdp,
      tracks: Type.Optional(
        Type.Record(Mid, Source, {
          maxProperties: 64,
          description: 'What the sections carry, by mid; unsaid, the first of a kind is microphone or camera',
        }),
      ),
    },
    { description: 'With `to`: handed on. Without: what this client publishes, for the server to answer' },
  ),
  answer: Type.Object(
    { type: Type.Optional(Type.Literal('answer')), sdp: Sdp },
    { description: 'With `to`: handed on. Without: to the server’s offer' },
  ),
  'ice-candidate': Type.Object(
    { ...candidateFields, target: Type.Optional(Target) },
    { description: 'An RTCIceCandidateInit. The server needs none, its own are in its descriptions' },
  ),
  chat: Type.Object(
    { content: Type.String({ minLength: 1, maxLength: 8000 }) },
    { description: 'At most 4000 characters; comes back to everybody with its number' },
  ),
  'media-state': Type.Object(
    {
      audio: Type.Optional(mediaFlags.audio),
      video: Type.Optional(mediaFlags.video),
      screen: Type.Optional(mediaFlags.screen),
    },
    { description: 'What this person sends now; what is absent stays. Mutes and unmutes what is published' },
  ),
  ping: Type.Object({}, { description: 'Answered by pong (an addition)' }),
};

export type ClientType = keyof typeof clientFrames;
export type ClientData<T extends ClientType> = Static<(typeof clientFrames)[T]>;
