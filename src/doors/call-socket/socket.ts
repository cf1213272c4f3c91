import type { LocalDevice } from '../../core/presence/index.ts';
import { CLOSE_LIMIT } from '../frame-reader.ts';
import { FrameSocket } from '../frame-socket.ts';
import type { Opening } from './opening.ts';
import type { ServerFrame } from './server-frames.ts';

/** Why the server closes; in the AsyncAPI document too. */
export const CLOSE_CODES = {
  limit: CLOSE_LIMIT,
  /** The server could not open it: try again. */
  failed: 1011,
  /** The server stops: come back at once. */
  restart: 1012,
  /** Another socket of the same device has taken its place: do not come back. */
  replaced: 4001,
  /** Signed out, banned, removed: the token is void. */
  signedOut: 4003,
} as const;

/** One person's socket: plain fields only, like all it is made of. */
export class CallSocket extends FrameSocket implements LocalDevice {
  userId = 0;
  uid = '';
  id = '';
  jti: string | null = null;
  named = false;
  userAgent = '';
  /** The address it came by; one text for all who came by it. */
  origin = '';
  /** While it is being told what it missed. */
  opening: Opening | undefined = undefined;

  get ready(): boolean {
    return this.opening === undefined;
  }

  tell(frame: ServerFrame): boolean {
    return this.deliver(JSON.stringify(frame));
  }

  cut(reason: string): void {
    this.close(reason === 'replaced' ? CLOSE_CODES.replaced : CLOSE_CODES.signedOut, reason);
  }
}
