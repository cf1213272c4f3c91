/** Sustained; for a second, twice as much. Each message costs this process time, whoever it is for. */
const PER_SECOND = { messages: 5_000, bytes: 32 * 1024 * 1024 } as const;

/**
 * How much one client may send before it is made to wait a moment: what the worker hands to this
 * process waits in one line with everything else from the worker.
 */
export class Budget {
  readonly #now: () => number;
  readonly #exceeded: (exceeded: boolean) => void;
  #messages: number = PER_SECOND.messages;
  #bytes: number = PER_SECOND.bytes;
  #at: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number, exceeded: (exceeded: boolean) => void) {
    this.#now = now;
    this.#exceeded = exceeded;
    this.#at = now();
  }

  /** Whether it is within its means. */
  spend(bytes: number): boolean {
    this.#messages -= 1;
    this.#bytes -= bytes;
    if (this.#messages >= 0 && this.#bytes >= 0) return true;
    this.#refill();
    if (this.#messages >= 0 && this.#bytes >= 0) return true;
    if (!this.#timer) {
      this.#exceeded(true);
      this.#timer = setTimeout(() => this.#again(), this.#untilHalfMs());
      this.#timer.unref();
    }
    return false;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #again(): void {
    this.#refill();
    const wait = this.#untilHalfMs();
    if (wait > 0) {
      this.#timer = setTimeout(() => this.#again(), wait);
      this.#timer.unref();
      return;
    }
    this.#timer = undefined;
    this.#exceeded(false);
  }

  #refill(): void {
    const now = this.#now();
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#messages = Math.min(PER_SECOND.messages, this.#messages + seconds * PER_SECOND.messages);
    this.#bytes = Math.min(PER_SECOND.bytes, this.#bytes + seconds * PER_SECOND.bytes);
  }

  #untilHalfMs(): number {
    const lacking = Math.max(
      0.5 - this.#messages / PER_SECOND.messages,
      0.5 - this.#bytes / PER_SECOND.bytes,
    );
    return Math.ceil(lacking * 1000);
  }
}
