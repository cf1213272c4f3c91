/** Who turns the page back at once has the pictures still there. */
const LEAVE_MS = 2000;

/** Takes the pictures of the page that is shown, and lets those of the others go after a moment. */
export class PageSubscriptions {
  readonly #set: (key: string, on: boolean) => void;
  readonly #leaving = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #off = new Set<string>();

  constructor(set: (key: string, on: boolean) => void) {
    this.#set = set;
  }

  /** These are in sight of all there are. */
  show(shown: readonly string[], all: readonly string[]): void {
    const inSight = new Set(shown);
    const present = new Set(all);
    for (const key of [...this.#off]) if (!present.has(key)) this.#off.delete(key);
    for (const [key, timer] of [...this.#leaving]) {
      if (present.has(key) && !inSight.has(key)) continue;
      clearTimeout(timer);
      this.#leaving.delete(key);
    }
    for (const key of all) {
      if (inSight.has(key)) {
        if (this.#off.delete(key)) this.#set(key, true);
      } else if (!this.#off.has(key) && !this.#leaving.has(key)) {
        this.#leaving.set(
          key,
          setTimeout(() => {
            this.#leaving.delete(key);
            this.#off.add(key);
            this.#set(key, false);
          }, LEAVE_MS),
        );
      }
    }
  }

  close(): void {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }
}
