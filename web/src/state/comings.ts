import type { WordKey, WordValues } from '../i18n/index.ts';

/** Those who come or go within this time are told together. */
const BATCH_MS = 3000;
/** In a larger room the list says it; nobody wants to hear each name. */
const QUIET_ABOVE = 8;

type Tell = (key: WordKey, values: WordValues) => void;

/** Tells who came and who went, a few at a time, and not at all in a crowd. */
export class Comings {
  readonly #tell: Tell;
  readonly #came = new Set<string>();
  readonly #went = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #size = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  came(name: string, size: number): void {
    if (!this.#went.delete(name)) this.#came.add(name);
    this.#soon(size);
  }

  went(name: string, size: number): void {
    if (!this.#came.delete(name)) this.#went.add(name);
    this.#soon(size);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #soon(size: number): void {
    this.#size = size;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#size <= QUIET_ABOVE) {
        this.#say(this.#came, 'call.joined', 'room.came');
        this.#say(this.#went, 'call.left', 'room.went');
      }
      this.#came.clear();
      this.#went.clear();
    }, BATCH_MS);
  }

  #say(names: ReadonlySet<string>, one: WordKey, many: WordKey): void {
    const [name] = names;
    if (name === undefined) return;
    if (names.size === 1) this.#tell(one, { name });
    else this.#tell(many, { count: names.size });
  }
}
