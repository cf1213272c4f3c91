import type { Blobs } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { Regularly } from '../regularly.ts';
import { FOLDER, nameOf, ownerOf } from './avatars.ts';

export interface AvatarSweeperDeps {
  store: Pick<Store, 'read'>;
  clock: Clock;
  blobs: Blobs;
  failed: (what: string, error: unknown) => void;
}

const EVERY_MS = 24 * 3_600_000;
/** No upload lasts so long: what is younger may be under way, on any node that shares the files. */
const OLD_MS = 3_600_000;
const BATCH = 100;

/** Removes what crashes have left: pictures that nobody shows, and what was only coming in. */
export class AvatarSweeper {
  readonly #deps: AvatarSweeperDeps;
  readonly #daily: Regularly;
  #stopped = false;

  constructor(deps: AvatarSweeperDeps) {
    this.#deps = deps;
    this.#daily = new Regularly(
      EVERY_MS,
      () => this.sweep(),
      (error) => deps.failed('sweep pictures', error),
    );
  }

  start(): void {
    this.#daily.now();
    this.#daily.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#daily.stop();
  }

  async sweep(): Promise<void> {
    const { blobs, clock } = this.#deps;
    const before = clock.now() - OLD_MS;
    await blobs.dropUnfinished(before);
    let names: string[] = [];
    for await (const { key, keptAt } of blobs.list(FOLDER)) {
      if (this.#stopped) return;
      if (keptAt < before) names.push(key.slice(FOLDER.length));
      if (names.length < BATCH) continue;
      await this.#removeUnshown(names);
      names = [];
    }
    await this.#removeUnshown(names);
  }

  async #removeUnshown(names: readonly string[]): Promise<void> {
    const { blobs, store } = this.#deps;
    const owners = new Set(names.map(ownerOf).filter((id) => id !== undefined));
    if (owners.size === 0) return;
    const shown = new Set((await store.read.users.byIds([...owners])).map(nameOf));
    for (const name of names) {
      if (ownerOf(name) !== undefined && !shown.has(name)) await blobs.remove(FOLDER + name);
    }
  }
}
