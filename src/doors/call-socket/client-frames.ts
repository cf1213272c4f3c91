import type { Static } from 'typebox';
import { Type } from 'typebox';
import { CallId, CallType, Candidate, Description, MediaDevice, Reason, Uid } from './parts.ts';

/** What clients send, by `type`: the schema of `data`. The socket checks by these, the documents show them. */
export const clientFrames = {
  'call:offer': Type.Object(
    {
      receiverId: Uid,
      offer: Type.Optional(Description),
      conversationId: Type.Optional(Type.String({ maxLength: 256 })),
      callType: Type.Optional(CallType),
    },
    { description: 'Begins a call; callType is video unless said otherwise' },
  ),
  'call:answer': Type.Object(
    { callId: CallId, receiverId: Uid, answer: Type.Optional(Description) },
    { description: 'Takes a call; without an answer only if it came without an offer' },
  ),
  'call:ice_candidate': Type.Object(
    { callId: CallId, receiverId: Uid, candidate: Candidate },
    { description: 'For somebody in the call, handed on unchanged' },
  ),
  'call:signal': Type.Object(
    {
      callId: CallId,
      receiverId: Uid,
      description: Type.Optional(Description),
      candidate: Type.Optional(Candidate),
    },
    { description: 'A later description or candidate for somebody in the call (an addition)' },
  ),
  'call:hang_up': Type.Object(
    {
      callId: CallId,
      receiverId: Uid,
      reason: Type.Optional(Reason),
      metrics: Type.Optional(
        Type.Object({
          quality: Type.Optional(Type.Number({ minimum: 1, maximum: 5 })),
          packetLoss: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
          latency: Type.Optional(Type.Number({ minimum: 0 })),
        }),
      ),
    },
    { description: 'Leaves; the caller cancels and a callee rejects while it rings' },
  ),
  'call:reject': Type.Object(
    { callId: CallId, receiverId: Uid, reason: Type.Optional(Reason) },
    { description: 'Refuses; the reason is rejected unless said otherwise' },
  ),
  'call:busy': Type.Object({ callId: CallId, receiverId: Uid }, { description: 'Refuses: in another call' }),
  'call:media_state': Type.Object(
    {
      callId: CallId,
      muted: Type.Optional(Type.Boolean()),
      videoOn: Type.Optional(Type.Boolean()),
      device: Type.Optional(MediaDevice),
    },
    { description: 'One’s own microphone and camera (an addition); what is absent stays' },
  ),
  'call:sync': Type.Object({}, { description: 'What is live? After reconnecting (an addition)' }),
  'events:follow': Type.Object(
    {
      subject: Type.String({
        maxLength: 128,
        pattern: '^[A-Za-z0-9_:.@-]+$',
        description: 'call_... or group:...',
      }),
      after: Type.Optional(Type.Integer({ minimum: 0 })),
    },
    { description: 'Sends event frames after a number, then as they happen (an addition)' },
  ),
  ping: Type.Object({}, { description: 'Answered by pong' }),
};

export type ClientType = keyof typeof clientFrames;
export type ClientData<T extends ClientType> = Static<(typeof clientFrames)[T]>;
