import type { DisconnectReason, SignalResponse } from '@livekit/protocol';
import type { WebSocket } from 'ws';
import type { MediaSession, Wire } from '../../core/media/index.ts';
import { Budget } from './budget.ts';
import { decode, encode } from './frames.ts';

/** A client that leaves this much unread is cut off; nobody else waits for it. */
const GREATEST_BACKLOG = 4 * 1024 * 1024;

export const CLOSE_CODES = {
  /** The session is over; a `leave` has said why. */
  over: 1000,
  /** A message that is none. */
  malformed: 1007,
  /** Too many of them. */
  limit: 1008,
  /** The server stops: come back. */
  restart: 1012,
} as const;

export interface SignalOptions {
  /** `RATE_LIMITS`: lifts the budget of messages, never their size. */
  readonly rateLimits: boolean;
  readonly failed: (what: string, error: unknown) => void;
}

/**
 * One client's signalling: a session on one side, a socket on the other. It is made before its
 * socket opens, for a join that is refused is answered in HTTP: what is sent until then waits.
 */
export class Signal implements Wire {
  readonly #options: SignalOptions;
  #early: SignalResponse['message'][] | undefined = [];
  #socket: WebSocket | undefined;
  #session: MediaSession | undefined;
  #budget: Budget | undefined;
  /** Answers come in the form the client spoke last. */
  #binary = true;
  /** The engine has let go of it: what the client still says is nobody's. */
  #over = false;
  /** Seconds in which nothing was heard. */
  silence = 0;

  constructor(options: SignalOptions) {
    this.#options = options;
  }

  send(message: SignalResponse['message']): void {
    if (this.#early) this.#early.push(message);
    else this.#write(message);
  }

  end(_reason: DisconnectReason): void {
    this.#over = true;
    this.#socket?.close(CLOSE_CODES.over);
  }

  /** The socket is open; without a session it is only told why there is none. */
  open(socket: WebSocket, session: MediaSession | undefined): void {
    this.#socket = socket;
    this.#session = session;
    if (this.#options.rateLimits) this.#budget = new Budget(performance.now());
    socket.on('message', (data, binary) => this.#receive(data as Buffer, binary));
    socket.on('pong', () => {
      this.silence = 0;
    });
    // `close` follows; a broken connection or frame is nobody else's business.
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const message of early) this.#write(message);
    if (this.#over || !session) socket.close(CLOSE_CODES.over);
  }

  /** The server stops, or turns this client away: the member leaves for good. */
  leave(message: SignalResponse['message'], reason: DisconnectReason, code: number): void {
    this.send(message);
    const session = this.#over ? undefined : this.#session;
    this.#over = true;
    session?.leave(reason);
    this.#socket?.close(code);
  }

  /** When its socket has closed. */
  gone(): Promise<void> {
    const socket = this.#socket;
    if (!socket || socket.readyState === socket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => socket.once('close', () => resolve()));
  }

  ping(): void {
    if (this.#socket?.readyState === this.#socket?.OPEN) this.#socket?.ping();
  }

  terminate(): void {
    this.#socket?.terminate();
  }

  #closed(): void {
    const session = this.#over ? undefined : this.#session;
    this.#over = true;
    session?.gone();
  }

  #write(message: SignalResponse['message']): void {
    const socket = this.#socket;
    if (!socket || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > GREATEST_BACKLOG) {
      socket.terminate();
      return;
    }
    try {
      socket.send(encode(message, this.#binary));
    } catch (error) {
      this.#options.failed('encode a signal message', error);
      socket.terminate();
    }
  }

  #receive(data: Buffer, binary: boolean): void {
    if (this.#over) return;
    this.silence = 0;
    if (this.#budget?.afford(performance.now(), data.length) === false) {
      this.#socket?.close(CLOSE_CODES.limit, 'too many messages');
      this.#closed();
      return;
    }
    this.#binary = binary;
    let message: ReturnType<typeof decode>;
    try {
      message = decode(data, binary);
    } catch {
      // What a client makes up is no failure of ours: it is told by the close, and is gone.
      this.#socket?.close(CLOSE_CODES.malformed, 'malformed message');
      this.#closed();
      return;
    }
    // One of a protocol newer than ours has no case.
    if (message.case !== undefined) this.#session?.receive(message);
  }
}
