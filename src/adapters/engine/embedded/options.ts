import type { ICEServer } from '@livekit/protocol';
import type { Clock } from '../../../ports/clock.ts';
import type { MediaPlane } from './media/types.ts';

/** What the embedded engine is made with. Times in milliseconds unless the name says seconds. */
export interface EmbeddedOptions {
  readonly plane: MediaPlane;
  readonly clock: Clock;
  readonly nodeId: string;
  /** For a client of this identity: STUN and TURN with a credential of its own. */
  readonly iceServers: (identity: string) => ICEServer[];
  /** Of rooms that nobody said otherwise of. */
  readonly emptyTimeoutS: number;
  readonly departureTimeoutS: number;
  /** Whether joining makes a room that is not there; LiveKit's `room.auto_create`. */
  readonly autoCreate: boolean;
  /** Data blobs (`store_data_blob_request`): the greatest size in bytes, 0 refuses them. */
  readonly dataBlobBytes: number;
  readonly removals: Removals;
  readonly failed: (what: string, error: unknown) => void;
}

/** Whose tokens of before a moment are void: kept in storage, so that a restart forgets nobody. */
export interface Removals {
  remember(room: string, identity: string, at: number): Promise<void>;
  /** When somebody was last removed from the room, in milliseconds. */
  lastOf(room: string, identity: string): Promise<number | undefined>;
  /** They may come in again. */
  forget(room: string, identity: string): Promise<void>;
}
