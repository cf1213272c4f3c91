import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { LocalDevice } from '../../core/presence/index.ts';
import type { Locale } from '../locale.ts';
import type { Opening } from './opening.ts';
import type { ServerFrame } from './server-frames.ts';

/** A reader that leaves this much waiting is cut off; nobody else waits for it. */
const GREATEST_BACKLOG = 1024 * 1024;

/** Why the server closes; in the AsyncAPI document too. */
export const CLOSE_CODES = {
  /** Too many frames, or too many sockets. */
  limit: 1008,
  /** The server could not open it: try again. */
  failed: 1011,
  /** The server stops: come back at once. */
  restart: 1012,
  /** Another socket of the same device has taken its place: do not come back. */
  replaced: 4001,
  /** Signed out, banned, removed: the token is void. */
  signedOut: 4003,
} as const;

/**
 * One person's socket. Ten thousand of them lie idle, so it is one object with plain fields: no
 * closures, no timers, no lists of its own.
 */
export class CallSocket extends WebSocket implements LocalDevice {
  userId = 0;
  uid = '';
  id = '';
  jti: string | null = null;
  named = false;
  userAgent = '';
  /** The address it came by; one text for all who came by it. */
  origin = '';
  locale: Locale = 'zh';
  /** The connection under it; set before anything is sent. */
  wire: Duplex | undefined = undefined;
  /** Frames that wait while one is being worked on: a client's frames take effect in their order. */
  queue: string[] | undefined = undefined;
  /** While it is being told what it missed. */
  opening: Opening | undefined = undefined;
  /** Half seconds in which nothing was heard. */
  silence = 0;
  /** The frame budget: when the last frame would have been due, in ms since the door opened. */
  due = 0;

  get ready(): boolean {
    return this.opening === undefined;
  }

  deliver(text: string): boolean {
    if (this.readyState !== WebSocket.OPEN) return false;
    if (this.bufferedAmount > GREATEST_BACKLOG) {
      this.terminate();
      return false;
    }
    hold(this.wire);
    this.send(text);
    return true;
  }

  tell(frame: ServerFrame): boolean {
    return this.deliver(JSON.stringify(frame));
  }

  cut(reason: string): void {
    this.close(reason === 'replaced' ? CLOSE_CODES.replaced : CLOSE_CODES.signedOut, reason);
  }
}

const held = new Set<Duplex>();

/** What is sent to one socket within one turn of the loop leaves in one write: frames come in bursts. */
function hold(wire: Duplex | undefined): void {
  if (!wire || held.has(wire)) return;
  if (held.size === 0) setImmediate(letGo);
  held.add(wire);
  wire.cork();
}

function letGo(): void {
  for (const wire of held) wire.uncork();
  held.clear();
}
