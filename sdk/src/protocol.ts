/** The wire: frames of `/ws`, every one `{type, data}` in JSON. Described in docs/write-a-client. */

export type WireCallType = 'audio' | 'video';
export type WireLegState =
  | 'invited'
  | 'ringing'
  | 'joined'
  | 'left'
  | 'rejected'
  | 'busy'
  | 'missed'
  | 'cancelled';

export interface WirePerson {
  id: number;
  username: string;
  avatar: string;
}

export interface WireParticipant {
  uid: string;
  state: WireLegState;
  muted: boolean;
  videoOn: boolean;
}

/** A relayed frame: about a call, from somebody, at a time. */
interface FromSomebody {
  callId: string;
  senderId: string;
  timestamp: string;
}

export interface OfferData extends FromSomebody {
  senderInfo: WirePerson;
  /** Absent when the call was begun without one, and for invitations. */
  offer?: RTCSessionDescriptionInit;
  conversationId?: string;
  callType: WireCallType;
  invited?: boolean;
  groupId?: string;
}

export interface AnswerData extends FromSomebody {
  responderInfo: WirePerson;
  answer?: RTCSessionDescriptionInit;
}

export interface CandidateData extends FromSomebody {
  candidate: RTCIceCandidateInit | null;
}

export interface SignalData extends FromSomebody {
  description?: RTCSessionDescriptionInit;
  candidate?: RTCIceCandidateInit | null;
}

export interface ReasonData extends FromSomebody {
  reason?: string;
}

export interface MediaStateData extends FromSomebody {
  muted: boolean;
  videoOn: boolean;
  device?: { type: string; id: string };
}

export interface ParticipantData extends WireParticipant {
  callId: string;
  senderInfo?: WirePerson;
  timestamp: string;
}

/** The other person of a contact. */
export interface ContactData {
  uid: string;
  senderInfo: WirePerson;
  timestamp: string;
}

export interface SyncedCall {
  callId: string;
  state: 'calling' | 'ringing' | 'connected';
  callType: WireCallType;
  callerId: string;
  participants: WireParticipant[];
  /** Carried by a room; peer to peer when absent. */
  media?: 'sfu';
  createdAt: string;
  connectedAt?: string;
}

/** What the server sends. */
export interface ServerFrames {
  'call:offer': OfferData;
  'call:answer': AnswerData;
  'call:ice_candidate': CandidateData;
  'call:signal': SignalData;
  'call:hang_up': ReasonData;
  'call:reject': ReasonData;
  'call:busy': FromSomebody & { message?: string };
  'call:not_available': { message: string; receiverId: string };
  'call:timeout': FromSomebody;
  'call:ringing': { callId: string; receiverId: string; timestamp: string };
  'call:accepted': { callId: string; participants: WireParticipant[]; media?: 'sfu'; timestamp: string };
  'call:upgraded': { callId: string; room: string; url: string; token: string; timestamp: string };
  'call:answered_elsewhere': { callId: string };
  'call:rejected_elsewhere': { callId: string };
  'call:media_state': MediaStateData;
  'call:participant': ParticipantData;
  'call:sync': { calls: SyncedCall[]; timestamp: string };
  presence: { uid: string; online: boolean };
  'contact:request': ContactData;
  'contact:accepted': ContactData;
  pong: Record<string, unknown>;
  error: { message: string; code: number; callId?: string };
}

/** What a client sends. */
export interface ClientFrames {
  'call:offer': { receiverId: string; offer?: RTCSessionDescriptionInit; callType: WireCallType };
  'call:answer': { callId: string; receiverId: string; answer?: RTCSessionDescriptionInit };
  'call:ice_candidate': { callId: string; receiverId: string; candidate: RTCIceCandidateInit };
  'call:signal': {
    callId: string;
    receiverId: string;
    description?: RTCSessionDescriptionInit;
    candidate?: RTCIceCandidateInit;
  };
  'call:hang_up': {
    callId: string;
    receiverId: string;
    reason: string;
    metrics?: { quality?: number; packetLoss?: number; latency?: number };
  };
  'call:reject': { callId: string; receiverId: string; reason: string };
  'call:busy': { callId: string; receiverId: string };
  'call:media_state': {
    callId: string;
    muted?: boolean;
    videoOn?: boolean;
    device?: { type: string; id: string };
  };
  'call:sync': Record<string, never>;
  ping: Record<string, never>;
}

export type ServerFrame = {
  [K in keyof ServerFrames]: { type: K; data: ServerFrames[K] };
}[keyof ServerFrames];

/** Frames about one call that exists. */
export type CallFrame = Extract<ServerFrame, { data: { callId: string } }>;

/** Sends one frame; `false` when the socket is not open. */
export type SendFrame = <K extends keyof ClientFrames>(type: K, data: ClientFrames[K]) => boolean;

/** One frame out of a message, or nothing: what cannot be read is no reason to fail. */
export function parseFrame(text: string): { type: string; data: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, data } = value as { type?: unknown; data?: unknown };
  return typeof type === 'string' ? { type, data: data ?? {} } : undefined;
}
