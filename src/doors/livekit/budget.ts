/** A client may send so many frames a second, and so many at once when it joins a large room. */
const FRAME_MS = 10;
const FRAMES_AT_ONCE = 1_000;
/** The same in bytes, descriptions included. */
const BYTES_PER_MS = 1_000;
const BYTES_AT_ONCE = 8 * 1024 * 1024;

/** What one client may still send: two leaky buckets. */
export class Budget {
  #frames = 0;
  #bytes = 0;
  #at: number;

  constructor(now: number) {
    this.#at = now;
  }

  /** False when this frame is one too many. */
  afford(now: number, bytes: number): boolean {
    const passed = Math.max(0, now - this.#at);
    this.#at = now;
    this.#frames = Math.max(0, this.#frames - passed / FRAME_MS) + 1;
    this.#bytes = Math.max(0, this.#bytes - passed * BYTES_PER_MS) + bytes;
    return this.#frames <= FRAMES_AT_ONCE && this.#bytes <= BYTES_AT_ONCE;
  }
}
