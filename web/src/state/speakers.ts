/** A cough is no speech: it counts after this long. */
const SETTLED_MS = 1000;
/** Nobody is large for less than this. */
const HELD_MS = 3000;

/** Who speaks, calmly: who has spoken long enough to matter, and who of them is shown large. */
export class Speakers {
  /** When somebody was heard last. */
  readonly spoke = new Map<string, number>();
  readonly #since = new Map<string, number>();
  #main: string | undefined;
  #mainAt = Number.NEGATIVE_INFINITY;

  /** The one to show large; stays until somebody else speaks. */
  get main(): string | undefined {
    return this.#main;
  }

  /** What is heard now, loudest first; answers who has been speaking for a while. */
  heard(speaking: readonly string[], now: number): readonly string[] {
    for (const key of [...this.#since.keys()]) if (!speaking.includes(key)) this.#since.delete(key);
    for (const key of speaking) {
      this.spoke.set(key, now);
      if (!this.#since.has(key)) this.#since.set(key, now);
    }
    const settled = speaking.filter((key) => now - (this.#since.get(key) ?? now) >= SETTLED_MS);
    const [loudest] = settled;
    const speaks = this.#main !== undefined && settled.includes(this.#main);
    if (loudest !== undefined && !speaks && now - this.#mainAt >= HELD_MS) {
      this.#main = loudest;
      this.#mainAt = now;
    }
    return settled;
  }

  /** Somebody went away. */
  keep(present: readonly string[]): void {
    for (const map of [this.spoke, this.#since]) {
      for (const key of [...map.keys()]) if (!present.includes(key)) map.delete(key);
    }
    if (this.#main !== undefined && !present.includes(this.#main)) {
      this.#main = undefined;
      this.#mainAt = Number.NEGATIVE_INFINITY;
    }
  }
}
