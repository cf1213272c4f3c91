/** The greatest handle: it goes into two bytes. */
export const HANDLES = 65_535;

/** By which numbers one member gets data tracks, by the tracks' sids. */
export class Handles {
  readonly #bySid = new Map<string, number>();
  readonly #used = new Set<number>();
  #last = 0;

  get size(): number {
    return this.#bySid.size;
  }

  has(sid: string): boolean {
    return this.#bySid.has(sid);
  }

  entries(): Iterable<[sid: string, handle: number]> {
    return this.#bySid;
  }

  /** None that is in use, and one just given back comes late again; undefined when all are in use. */
  take(sid: string): number | undefined {
    if (this.#used.size >= HANDLES) return undefined;
    do this.#last = (this.#last % HANDLES) + 1;
    while (this.#used.has(this.#last));
    this.#bySid.set(sid, this.#last);
    this.#used.add(this.#last);
    return this.#last;
  }

  free(sid: string): void {
    const handle = this.#bySid.get(sid);
    if (handle !== undefined) this.#used.delete(handle);
    this.#bySid.delete(sid);
  }
}
