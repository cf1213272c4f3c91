import type { FrameSocket } from './frame-socket.ts';

const BEAT_MS = 500;
/** A ping every 5 s. */
const BEATS_A_PING = 10;
/**
 * Nothing heard for 10 s, and the socket is dead. Counted in beats, not by the clock: when this
 * process itself stood still, the answers are waiting to be read.
 */
const GREATEST_SILENCE = 20;
/** Sockets pinged at a time, so that thousands of them do not hold up the loop. */
const BATCH = 500;

/** Pings all sockets from one timer and ends those that say nothing: half-open ones count as gone. */
export class Pulse {
  readonly #sockets: ReadonlySet<FrameSocket>;
  readonly #timer: NodeJS.Timeout;
  #beats = 0;

  constructor(sockets: ReadonlySet<FrameSocket>) {
    this.#sockets = sockets;
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    for (const socket of this.#sockets) {
      // One that we do not read ourselves just now is not the one that is silent.
      if (!socket.isPaused && ++socket.silence >= GREATEST_SILENCE) socket.terminate();
    }
    if (++this.#beats % BEATS_A_PING === 0) ping([...this.#sockets], 0);
  }
}

function ping(sockets: readonly FrameSocket[], from: number): void {
  for (const socket of sockets.slice(from, from + BATCH)) {
    if (socket.readyState === socket.OPEN) socket.ping();
  }
  if (from + BATCH < sockets.length) setImmediate(() => ping(sockets, from + BATCH));
}
