import type { AudioLevel } from './measures.ts';

const EVERY_MS = 300;

/** Puts together how loud everybody is where a room is on several workers. One place alone is heard as it comes. */
export class LevelsOfPlaces {
  readonly #tell: (levels: readonly AudioLevel[]) => void;
  readonly #last = new Map<object, readonly AudioLevel[]>();
  /** Until it ends, what is heard waits. */
  #rest: NodeJS.Timeout | undefined;
  #waits = false;
  #closed = false;

  constructor(tell: (levels: readonly AudioLevel[]) => void) {
    this.#tell = tell;
  }

  heard(place: object, levels: readonly AudioLevel[]): void {
    if (this.#closed) return;
    this.#last.set(place, levels);
    if (this.#rest) this.#waits = true;
    else this.#tellAll();
  }

  /** Nothing is heard there any more. */
  gone(place: object): void {
    this.#last.delete(place);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#rest);
  }

  #tellAll(): void {
    this.#waits = false;
    this.#tell([...this.#last.values()].flat().sort((a, b) => b.dBov - a.dBov));
    if (this.#last.size <= 1) return;
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.#waits) this.#tellAll();
    }, EVERY_MS);
  }
}
