import type { Person } from './types.ts';

/** Everybody met so far: frames often name people by uid alone. */
export class Directory {
  readonly #known = new Map<string, Person>();

  learn(person: Person): void {
    const before = this.#known.get(person.uid);
    // A name that is only the uid says less than what is known.
    if (before && person.name === person.uid && !person.avatarUrl) return;
    this.#known.set(person.uid, { ...before, ...person });
  }

  person(uid: string): Person {
    return this.#known.get(uid) ?? { uid, name: uid, avatarUrl: null };
  }
}
