/** What the core is told of rooms with media, whichever engine carries them. Times in milliseconds. */

export type TrackSourceName = 'camera' | 'microphone' | 'screen_share' | 'screen_share_audio' | 'unknown';

/** What somebody may do in a room. Absent `sources`: any. */
export interface MemberRights {
  readonly publish: boolean;
  readonly subscribe: boolean;
  readonly data: boolean;
  readonly sources?: readonly TrackSourceName[];
  /** May mute, remove and change others through the engine's own API. */
  readonly admin?: boolean;
  /** Others are not told of this member: recorders. */
  readonly hidden?: boolean;
}

export interface TrackState {
  readonly sid: string;
  readonly kind: 'audio' | 'video';
  readonly source: TrackSourceName;
  readonly muted: boolean;
}

export interface MemberState {
  readonly sid: string;
  readonly identity: string;
  readonly name: string;
  readonly joinedAt: number;
  readonly tracks: readonly TrackState[];
}

export interface RoomState {
  readonly sid: string;
  readonly name: string;
  readonly createdAt: number;
  readonly memberCount: number;
}

/** A message from nobody, reliable; to everybody, or to these identities. */
export interface RoomData {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly to?: readonly string[];
}

export interface RoomSpec {
  readonly name: string;
  readonly maxMembers: number;
  readonly emptyTimeoutS: number;
  readonly departureTimeoutS: number;
  readonly metadata?: string;
}

export interface MemberSpec {
  readonly identity: string;
  readonly name: string;
  readonly rights: MemberRights;
  /** How long the ticket is good for. */
  readonly ttlS: number;
}
