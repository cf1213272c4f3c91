/**
 * The words of the client: what an application sees of Parley. The wire's words live in `protocol.ts`.
 */

import type { RoomCarrier } from './call-room.ts';

/** Life of the socket under a client. `reconnecting` keeps calls; `closed` is final. */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** `incoming` rings here and waits for an answer; `connecting` is answered, media on its way. */
export type CallState =
  | 'calling'
  | 'ringing'
  | 'incoming'
  | 'connecting'
  | 'connected'
  | 'reconnecting'
  | 'ended';

/** Why a call is over, as a person would say it. */
export type EndReason =
  | 'hung_up'
  | 'cancelled'
  | 'rejected'
  | 'busy'
  | 'missed'
  | 'unavailable'
  | 'not_allowed'
  | 'answered_elsewhere'
  | 'rejected_elsewhere'
  | 'media_error'
  | 'lost'
  | 'error';

export type CallKind = 'audio' | 'video';

/** Somebody as others see them. */
export interface Person {
  uid: string;
  id?: number;
  name: string;
  avatarUrl: string | null;
}

/** One person's part in a call. */
export interface Participant {
  person: Person;
  state: 'invited' | 'ringing' | 'joined' | 'left' | 'rejected' | 'busy' | 'missed' | 'cancelled';
  muted: boolean;
  videoOn: boolean;
  /** The picture is a shared screen: show all of it. */
  sharing: boolean;
  /** Media of that person; absent until it arrives. */
  stream?: MediaStream;
  /** `good` until statistics say otherwise. */
  quality: 'good' | 'poor' | 'lost';
}

export interface CallOptions {
  video?: boolean;
  groupId?: string;
  /** Media to send instead of asking for microphone and camera. */
  stream?: MediaStream;
}

/** Where a client gets its token: a string, or a function asked again whenever the socket (re)opens. */
export type TokenSource = string | (() => string | Promise<string>);

export interface ConnectOptions {
  /** Address of the server, e.g. `https://calls.example.com`. */
  url: string;
  token: TokenSource;
  /** Stable name of this device, kept across reloads; made up when absent. */
  deviceId?: string;
  /** `false` signals without media (Node). Default: media where the browser has it. */
  media?: boolean;
  /** Carries calls of more than two through the server's rooms; brings LiveKit's client. Without it they have no media. */
  rooms?: () => RoomCarrier | Promise<RoomCarrier>;
  /** How long to wait before the n-th reconnection, in ms; `null` gives up. */
  reconnectDelay?: (attempt: number) => number | null;
}

export type ContactState = 'accepted' | 'incoming' | 'outgoing' | 'blocked';

export interface Contact {
  person: Person;
  state: ContactState;
  /** `false` for all but accepted contacts. */
  online: boolean;
  /** When it came to be as it is. */
  since?: Date;
}

export interface Group {
  id: string;
  name: string;
  /** A uid; `null` in a group of the host application. */
  owner: string | null;
  members: Person[];
}

/** One live device of oneself. */
export interface Device {
  id: string;
  userAgent: string;
  connectedAt: Date;
  /** The one that asks. */
  current: boolean;
}

export type HistoryStatus =
  | 'calling'
  | 'ringing'
  | 'connected'
  | 'ended'
  | 'missed'
  | 'rejected'
  | 'cancelled';

/** One past (or live) call as the history tells it. */
export interface HistoryEntry {
  id: string;
  kind: CallKind;
  callerId: string;
  callerName: string;
  callerAvatar: string | null;
  calleeIds: string[];
  status: HistoryStatus;
  /** Why a rejected call was: everybody was busy, or somebody declined. */
  rejectReason?: 'busy' | 'declined';
  groupId?: string;
  /** Whole seconds of connected time. */
  duration: number;
  createdAt: Date;
  connectedAt?: Date;
  endedAt?: Date;
}

export interface HistoryQuery {
  limit?: number;
  offset?: number;
  type?: CallKind;
  status?: HistoryStatus;
  startTime?: Date | string;
  endTime?: Date | string;
}

export interface AudioStats {
  bytesSent: number;
  bytesReceived: number;
  packetsSent: number;
  packetsReceived: number;
  packetsLost: number;
  /** Seconds. */
  jitter: number;
  /** Seconds. */
  roundTripTime: number;
}

export interface VideoStats {
  bytesSent: number;
  bytesReceived: number;
  packetsSent: number;
  packetsReceived: number;
  packetsLost: number;
  frameWidth: number;
  frameHeight: number;
  frameRate: number;
  /** Received, in kbit/s. */
  bitrate: number;
}

/** What a call's connections measured, all of them together. */
export interface CallStats {
  audio?: AudioStats;
  video?: VideoStats;
  /** 1 (unusable) to 5 (excellent). */
  quality: number;
  /** Percent of what should have arrived. */
  packetLoss: number;
  /** Round trip in ms. */
  latency: number;
}
