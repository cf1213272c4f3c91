import type { Signal } from './signal.ts';

const BEAT_MS = 1_000;
/** A ping every 10 s, as LiveKit's: proxies close what lies idle. */
const BEATS_A_PING = 10;
/**
 * Nothing heard for 21 s, and the socket is dead. Counted in beats, not by the clock: when this
 * process itself stood still, the answers are waiting to be read.
 */
const GREATEST_SILENCE = 21;

/** Pings all sockets from one timer and ends those that say nothing: half-open ones count as gone. */
export class Pulse {
  readonly #signals: ReadonlySet<Signal>;
  readonly #timer: NodeJS.Timeout;
  #beats = 0;

  constructor(signals: ReadonlySet<Signal>) {
    this.#signals = signals;
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const pings = ++this.#beats % BEATS_A_PING === 0;
    for (const signal of this.#signals) {
      if (++signal.silence >= GREATEST_SILENCE) signal.terminate();
      else if (pings) signal.ping();
    }
  }
}
