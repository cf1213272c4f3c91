import type { EngineEvent } from './media-event.ts';
import type { MemberRights, MemberSpec, MemberState, RoomData, RoomSpec, RoomState } from './media-room.ts';
import type { MemberStats } from './media-stats.ts';

/** What a media engine can do here; the core asks the fact, never the engine's name. */
export interface EngineFacts {
  readonly name: string;
  /** Carries rooms, so calls of more than two leave the mesh. */
  readonly rooms: boolean;
  /** Sends to each receiver with numbers of its own: WHEP, and clients with a single peer connection. */
  readonly mapsNumbers: boolean;
}

/** How somebody gets in. */
export interface Ticket {
  /** LiveKit's address; null is this server, at the address whoever asks has reached it by. */
  readonly url: string | null;
  readonly token: string;
}

/** Where media that is not peer to peer goes. Session-level: what clients negotiate stays opaque. */
export interface MediaEngine {
  readonly facts: EngineFacts;
  /** A token for one room and one identity; nothing is created by it. */
  ticket(room: string, member: MemberSpec): Promise<Ticket>;
  /** Idempotent. Without anybody in it the room ends by itself after `emptyTimeoutS`. */
  openRoom(room: RoomSpec): Promise<void>;
  /** Everybody in it is told that the room is over. Idempotent, also for rooms that never were. */
  closeRoom(name: string): Promise<void>;
  /** Those that are open now; of these names only, if any are given. */
  rooms(names?: readonly string[]): Promise<RoomState[]>;
  /** Empty for a room that is not open. */
  members(room: string): Promise<MemberState[]>;
  /** The client is told that it was removed, and its tokens of before are void. Idempotent. */
  removeMember(room: string, identity: string): Promise<void>;
  /** What is no longer allowed stops at once. Throws `not_found` for somebody who is not there. */
  permit(room: string, identity: string, rights: MemberRights): Promise<void>;
  /** Throws `not_found`; unmuting somebody else is refused with `unsupported` where the engine refuses it. */
  mute(room: string, identity: string, trackSid: string, muted: boolean): Promise<void>;
  sendData(room: string, data: RoomData): Promise<void>;
  /** What the engine measures of each member now; empty where it measures nothing. */
  stats(room: string): Promise<MemberStats[]>;
  /** Events come in the order of each room, each at least once with the same id. Answers how to stop listening. */
  listen(heard: (event: EngineEvent) => void): () => void;
  /** Throws `unavailable` when the engine cannot serve. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
