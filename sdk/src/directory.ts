import type { WirePerson } from './protocol.ts';
import type { Person } from './types.ts';

/** Everybody met so far: frames often name people by uid alone. */
export class Directory {
  readonly #known = new Map<string, Person>();

  learn(person: Person): void {
    this.#known.set(person.uid, { ...this.#known.get(person.uid), ...person });
  }

  /**
   * Somebody as a frame has them: with the username, and "" for no picture. A name that is known already is the one
   * to show.
   */
  meet(uid: string, info: WirePerson | undefined): Person {
    if (!info) return this.person(uid);
    const known = this.#known.get(uid);
    const name = known?.name ?? (info.username || uid);
    this.learn({ uid, id: info.id, name, avatarUrl: info.avatar || known?.avatarUrl || null });
    return this.person(uid);
  }

  person(uid: string): Person {
    return this.#known.get(uid) ?? { uid, name: uid, avatarUrl: null };
  }
}
