import type { RawData, WebSocket } from 'ws';
import { invalid, ParleyError } from '../core/errors.ts';
import { FrameSocket } from './frame-socket.ts';

/** 100 frames a second, 300 at once. */
const FRAME_MS = 10;
const BURST_MS = 3_000;
/** More frames waiting behind one that is worked on, and the client is not read any further. */
const GREATEST_QUEUE = 64;
/** Too many frames, or too many sockets. */
export const CLOSE_LIMIT = 1008;

/** What a door does with frames. */
export interface FrameHandler<S extends FrameSocket> {
  /** Never throws and never rejects: whatever goes wrong with a frame is this socket's alone. */
  handle(socket: S, text: string): Promise<void> | undefined;
  /** Tells the client why a frame of its own has no effect. */
  refuse(socket: S, error: ParleyError): void;
}

/** Reads what clients send, one frame of a client after the other. */
export class FrameReader<S extends FrameSocket> {
  readonly #handler: FrameHandler<S>;
  /** `RATE_LIMITS` lifts the frame budget, never sizes. */
  readonly #rateLimits: boolean;
  readonly #openedAt = Date.now();
  readonly #working = new Set<Promise<void>>();
  readonly #onMessage: (this: WebSocket, data: RawData, isBinary: boolean) => void;

  constructor(handler: FrameHandler<S>, { rateLimits }: { rateLimits: boolean }) {
    this.#handler = handler;
    this.#rateLimits = rateLimits;
    const reader = this;
    // One function for all sockets.
    this.#onMessage = function (data, isBinary) {
      // Nothing else is listened to, and `ws` gives whole messages as one Buffer.
      reader.#receive(this as S, data as Buffer, isBinary);
    };
  }

  /** Frames wait until `resume`: the socket is told first what it missed. */
  attach(socket: S): void {
    socket.queue = [];
    socket.on('message', this.#onMessage);
    socket.on('pong', onPong);
    socket.on('error', onError);
  }

  resume(socket: S): void {
    this.#work(socket, Promise.resolve());
  }

  /** When everything begun has ended. */
  async idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  #receive(socket: S, data: Buffer, isBinary: boolean): void {
    // A client may say goodbye right behind a frame; after our own goodbye we do not listen.
    if (socket.readyState !== FrameSocket.OPEN) return;
    socket.silence = 0;
    if (this.#rateLimits && !this.#afford(socket)) return;
    if (isBinary) this.#handler.refuse(socket, invalid('frame', 'socket.binary'));
    else if (socket.queue) this.#wait(socket, socket.queue, data.toString());
    else {
      const working = this.#handler.handle(socket, data.toString());
      if (working) this.#work(socket, working);
    }
  }

  #wait(socket: S, queue: string[], text: string): void {
    queue.push(text);
    if (queue.length > GREATEST_QUEUE) socket.pause();
  }

  #afford(socket: S): boolean {
    const now = Date.now() - this.#openedAt;
    const due = Math.max(socket.due, now) + FRAME_MS;
    if (due - now <= BURST_MS) {
      socket.due = due;
      return true;
    }
    this.#handler.refuse(socket, new ParleyError('limit', 'limit'));
    socket.close(CLOSE_LIMIT, 'too many frames');
    return false;
  }

  /** Holds further frames of this socket until the work is done, then goes through them. */
  #work(socket: S, first: Promise<void>): void {
    const queue = socket.queue ?? [];
    socket.queue = queue;
    const work = this.#drain(socket, queue, first).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #drain(socket: S, queue: string[], first: Promise<void>): Promise<void> {
    await first;
    for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
      const next = this.#handler.handle(socket, text);
      if (next) await next;
    }
    socket.queue = undefined;
    if (socket.isPaused) socket.resume();
  }
}

function onPong(this: WebSocket): void {
  (this as FrameSocket).silence = 0;
}

/** `close` follows, with the code; a broken connection or frame is nobody else's business. */
function onError(): void {}
