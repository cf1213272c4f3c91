import type { RawData, WebSocket } from 'ws';
import { invalid, ParleyError, toParleyError } from '../../core/errors.ts';
import { closing } from './closing.ts';
import type { Context } from './commands/context.ts';
import { run } from './commands/index.ts';
import { errorFrame } from './errors.ts';
import { parseFrame } from './parse.ts';
import { CallSocket, CLOSE_CODES } from './socket.ts';

/** 100 frames a second, 300 at once. */
const FRAME_MS = 10;
const BURST_MS = 3_000;
/** More frames waiting behind one that is worked on, and the client is not read any further. */
const GREATEST_QUEUE = 64;
/** Of relayed frames, every so many are timed. */
const SAMPLE = 16;

/** Told of what the metrics show. */
export interface SocketObserver {
  /** From a frame's arrival to its sending on, in seconds; a sample. */
  relayed(seconds: number): void;
}

interface ReaderOptions {
  rateLimits: boolean;
  failed: (what: string, error: unknown) => void;
  observer?: SocketObserver;
}

/** Reads what clients send, one frame of a client after the other. */
export class Reader {
  readonly #context: Context;
  readonly #options: ReaderOptions;
  readonly #openedAt = Date.now();
  readonly #working = new Set<Promise<void>>();
  #count = 0;
  readonly #onMessage: (this: WebSocket, data: RawData, isBinary: boolean) => void;

  constructor(context: Context, options: ReaderOptions) {
    this.#context = context;
    this.#options = options;
    const reader = this;
    // One function for all sockets.
    this.#onMessage = function (data, isBinary) {
      // Nothing else is listened to, and `ws` gives whole messages as one Buffer.
      reader.#receive(this as CallSocket, data as Buffer, isBinary);
    };
  }

  /** Frames wait until `resume`: the socket is told first what it missed. */
  attach(socket: CallSocket): void {
    socket.queue = [];
    socket.on('message', this.#onMessage);
    socket.on('pong', onPong);
    socket.on('error', onError);
  }

  resume(socket: CallSocket): void {
    this.#work(socket, Promise.resolve());
  }

  /** When everything begun has ended. */
  async idle(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  #receive(socket: CallSocket, data: Buffer, isBinary: boolean): void {
    // A client may say goodbye right behind a frame; after our own goodbye we do not listen.
    if (socket.readyState !== CallSocket.OPEN) return;
    socket.silence = 0;
    if (this.#options.rateLimits && !this.#afford(socket)) return;
    if (isBinary) this.#refuse(socket, invalid('frame', 'socket.binary'));
    else if (socket.queue) this.#wait(socket, socket.queue, data.toString());
    else {
      const working = this.#handle(socket, data.toString());
      if (working) this.#work(socket, working);
    }
  }

  #wait(socket: CallSocket, queue: string[], text: string): void {
    queue.push(text);
    if (queue.length > GREATEST_QUEUE) socket.pause();
  }

  #afford(socket: CallSocket): boolean {
    const now = Date.now() - this.#openedAt;
    const due = Math.max(socket.due, now) + FRAME_MS;
    if (due - now <= BURST_MS) {
      socket.due = due;
      return true;
    }
    socket.tell(errorFrame(new ParleyError('limit', 'limit'), socket.locale));
    socket.close(CLOSE_CODES.limit, 'too many frames');
    return false;
  }

  /** Holds further frames of this socket until the work is done, then goes through them. */
  #work(socket: CallSocket, first: Promise<void>): void {
    const queue = socket.queue ?? [];
    socket.queue = queue;
    const work = this.#drain(socket, queue, first).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #drain(socket: CallSocket, queue: string[], first: Promise<void>): Promise<void> {
    await first;
    for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
      const next = this.#handle(socket, text);
      if (next) await next;
    }
    socket.queue = undefined;
    if (socket.isPaused) socket.resume();
  }

  /** Never throws and never rejects: whatever goes wrong with a frame is this socket's alone. */
  #handle(socket: CallSocket, text: string): Promise<void> | undefined {
    try {
      const frame = parseFrame(text);
      const relays = frame.type === 'call:ice_candidate' || frame.type === 'call:signal';
      const timed = relays && ++this.#count % SAMPLE === 0 && this.#options.observer !== undefined;
      const from = timed ? performance.now() : 0;
      const doing = run(this.#context, socket, frame);
      if (timed) this.#options.observer?.relayed((performance.now() - from) / 1000);
      return doing?.catch((error: unknown) => this.#refuse(socket, error));
    } catch (error) {
      this.#refuse(socket, error);
      return undefined;
    }
  }

  #refuse(socket: CallSocket, thrown: unknown): void {
    const error = toParleyError(thrown);
    if (error.code === 'internal') this.#options.failed('handle a frame', thrown);
    socket.tell(errorFrame(error, socket.locale));
    const frame = closing(this.#context.app, error, socket);
    frame?.then(
      (closes) => closes && socket.tell(closes),
      (problem: unknown) => this.#options.failed('close a call on a device', problem),
    );
  }
}

function onPong(this: WebSocket): void {
  (this as CallSocket).silence = 0;
}

/** `close` follows, with the code; a broken connection or frame is nobody else's business. */
function onError(): void {}
