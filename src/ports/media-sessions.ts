import type { DisconnectReason, SignalRequest, SignalResponse } from '@livekit/protocol';
import type { JoinAsked } from './media-join.ts';
import type { WorkerUse } from './media-stats.ts';
import type { RoomService } from './room-service.ts';

/**
 * The embedded engine as the doors that carry clients see it: LiveKit's own door, WHIP and WHEP,
 * contract E's signalling. Its words are LiveKit's signal messages, for that protocol is the
 * engine's client protocol (design, section 5); a door that speaks another one translates.
 */
export interface MediaSessions {
  readonly service: RoomService;
  /** Whether clients with a single peer connection (`/rtc/v1`) are served; absent: they are not. */
  readonly singlePeer?: boolean;
  /**
   * Somebody comes in. The first message sent is `join`, before this resolves. Throws `not_found`
   * (`room.unknown`: rooms are not created by joining), `limit` (`room.full`), `forbidden`
   * (`room.removed`: the token is older than the removal) and `unavailable`.
   */
  join(asked: JoinAsked): Promise<MediaSession>;
  /**
   * The same member on a new wire; the first message sent is `reconnect`. Undefined when there is
   * nothing to resume: the door sends `leave` with RECONNECT and STATE_MISMATCH.
   */
  resume(asked: ResumeAsked): Promise<MediaSession | undefined>;
  /** Of each process that carries media. */
  load(): Promise<readonly WorkerUse[]>;
}

export interface Wire {
  /** Ordered; must not throw. */
  send(message: SignalResponse['message']): void;
  /** The session is over for the engine; a `leave` has been sent where one is due. Close the wire. */
  end(reason: DisconnectReason): void;
}

export interface ResumeAsked extends Wire {
  readonly room: string;
  readonly identity: string;
  /** `PA_...` of the session that was lost; empty: whichever the identity has. */
  readonly sid: string;
  readonly issuedAt: number;
}

export interface MediaSession {
  readonly sid: string;
  readonly identity: string;
  readonly room: string;
  /** Handled in order, one after the other; never throws, never rejects: what fails ends this session alone. */
  receive(message: SignalRequest['message']): void;
  /** The wire is gone. The member stays for a while, to be resumed. */
  gone(): void;
  /** The member leaves for good. */
  leave(reason: DisconnectReason): void;
}
