const WINDOW_MS = 2000;
const STEP_MS = 100;

/**
 * How fast a channel takes what it is given, in bytes a second, over the last two seconds in which
 * something waited: a receiver to whom little is sent is not a slow one.
 */
export class DrainRate {
  readonly #steps: { at: number; bytes: number; busyMs: number }[] = [];
  #last: number | undefined;
  #buffered = 0;

  /** `given` bytes went into the buffer since the last sample, and `buffered` are in it now. */
  sample(now: number, given: number, buffered: number): void {
    const waited = this.#buffered > 0 && buffered - given > 0;
    const taken = Math.max(0, this.#buffered + given - buffered);
    const busyMs = waited && this.#last !== undefined ? Math.max(0, now - this.#last) : 0;
    this.#last = now;
    this.#buffered = buffered;
    let step = this.#steps.at(-1);
    if (!step || now - step.at >= STEP_MS) {
      step = { at: now, bytes: 0, busyMs: 0 };
      this.#steps.push(step);
    }
    step.bytes += taken;
    step.busyMs += busyMs;
    while (this.#steps.length > 1 && now - (this.#steps[0]?.at ?? now) > WINDOW_MS) this.#steps.shift();
  }

  /** So much of what waited will never be taken. */
  dropped(bytes: number): void {
    this.#buffered = Math.max(0, this.#buffered - bytes);
  }

  /** Undefined while too little has waited to say, unless all of `atLeastMs` was spent waiting. */
  perSecond(atLeastMs = STEP_MS): number | undefined {
    let bytes = 0;
    let busyMs = 0;
    for (const step of this.#steps) {
      bytes += step.bytes;
      busyMs += step.busyMs;
    }
    return busyMs >= atLeastMs ? (bytes * 1000) / busyMs : undefined;
  }
}
