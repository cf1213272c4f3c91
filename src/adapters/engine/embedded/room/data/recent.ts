const KEPT_MS = 2_500;
const KEPT_BYTES = 8 * 1024 * 1024;

export interface Kept {
  readonly senderSid: string;
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** For whom it is, besides those it is kept from: its sender. */
  readonly isFor: (member: { sid: string; identity: string }) => boolean;
}

/** Reliable packets of the last moments, for those who are just coming in or coming back. */
export class Recent {
  readonly #now: () => number;
  #kept: { at: number; what: Kept }[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(what: Kept): void {
    this.#kept.push({ at: this.#now(), what });
    this.#bytes += what.bytes.length;
    if (this.#bytes > KEPT_BYTES) this.#prune();
    // Nothing stays in memory of a room that has fallen silent.
    this.#timer ??= setTimeout(() => this.#tidy(), KEPT_MS).unref();
  }

  /** In the order in which they came, from the given sequence of each sender on. */
  since(firsts: ReadonlyMap<string, number>): Kept[] {
    if (firsts.size === 0) return [];
    this.#prune();
    return this.#kept.flatMap(({ what }) => {
      const first = firsts.get(what.senderSid);
      return first !== undefined && what.sequence >= first ? [what] : [];
    });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#kept = [];
    this.#bytes = 0;
  }

  #tidy(): void {
    this.#timer = undefined;
    this.#prune();
    if (this.#kept.length > 0) this.#timer = setTimeout(() => this.#tidy(), KEPT_MS).unref();
  }

  #prune(): void {
    const old = this.#now() - KEPT_MS;
    let until = 0;
    for (const { at, what } of this.#kept) {
      // Half of the room is freed at once: not one packet for each that comes.
      if (at > old && this.#bytes <= (until > 0 ? KEPT_BYTES / 2 : KEPT_BYTES)) break;
      this.#bytes -= what.bytes.length;
      until++;
    }
    if (until > 0) this.#kept = this.#kept.slice(until);
  }
}
