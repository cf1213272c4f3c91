import type { ParleyError } from '../../core/errors.ts';
import type { UserPrincipal } from '../../core/identity/index.ts';
import { CLOSE_LIMIT } from '../frame-reader.ts';
import { FrameSocket } from '../frame-socket.ts';
import { encode } from './frames.ts';
import type { Seat } from './seat.ts';
import type { ServerType } from './server-frames.ts';

/** Why the server closes; in the document too. */
export const CLOSE_CODES = {
  limit: CLOSE_LIMIT,
  /** The server could not go on with it: try again. */
  failed: 1011,
  /** The server stops: come back at once. */
  restart: 1012,
  /** Signed out, banned, deleted: the token is void. */
  signedOut: 4003,
  /** The meeting is over. */
  over: 4010,
  /** Taken out of the meeting. */
  removed: 4011,
} as const;

/** One person's signalling socket of one meeting. */
export class SignalingSocket extends FrameSocket {
  meetingId = 0;
  /** Whose it is; set before anything is sent. */
  principal!: UserPrincipal;
  /** The address it came by, as clients reach this server. */
  origin = '';
  /** The address it came from. */
  address = '';
  userAgent = '';
  /** What it is in the meeting, once it has joined. */
  seat: Seat | undefined = undefined;
  /** How its door says what is wrong. */
  refusing: ((socket: SignalingSocket, error: ParleyError, more: object) => void) | undefined = undefined;

  get userId(): number {
    return this.principal.user.id;
  }

  tell(type: ServerType, data: object): void {
    this.deliver(encode(this.meetingId, type, data));
  }

  refuse(error: ParleyError, more: object = {}): void {
    this.refusing?.(this, error, more);
  }
}
