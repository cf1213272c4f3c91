import type { CallSocket } from './socket.ts';

const PING_MS = 5_000;
/** This many pings without an answer, and the socket is dead: silent for ten seconds. */
const GREATEST_SILENCE = 2;
/** Sockets looked after at a time, so that thousands of them do not hold up the loop. */
const BATCH = 500;

/** Pings all sockets from one timer and ends those that say nothing: half-open ones count as gone. */
export class Pulse {
  readonly #sockets: ReadonlySet<CallSocket>;
  readonly #timer: NodeJS.Timeout;

  constructor(sockets: ReadonlySet<CallSocket>) {
    this.#sockets = sockets;
    this.#timer = setInterval(() => this.#beat([...this.#sockets], 0), PING_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(sockets: readonly CallSocket[], from: number): void {
    for (const socket of sockets.slice(from, from + BATCH)) {
      if (socket.silence >= GREATEST_SILENCE) socket.terminate();
      else if (!socket.isPaused) {
        socket.silence += 1;
        socket.ping();
      }
    }
    if (from + BATCH < sockets.length) setImmediate(() => this.#beat(sockets, from + BATCH));
  }
}
