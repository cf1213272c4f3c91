import type { AudioLevel } from './measures.ts';

const EVERY_MS = 300;

/** Puts together how loud everybody is where a room is on several workers. One place alone is heard as it comes. */
export class LevelsOfPlaces {
  readonly #tell: (levels: readonly AudioLevel[]) => void;
  readonly #last = new Map<object, readonly AudioLevel[]>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(tell: (levels: readonly AudioLevel[]) => void) {
    this.#tell = tell;
  }

  heard(place: object, levels: readonly AudioLevel[]): void {
    if (this.#closed) return;
    this.#last.set(place, levels);
    if (this.#last.size === 1) {
      this.#tell(levels);
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tell([...this.#last.values()].flat().sort((a, b) => b.dBov - a.dBov));
    }, EVERY_MS);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }
}
