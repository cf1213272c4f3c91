import { client } from './connection.ts';
import { contacts } from './contacts.ts';
import { groups } from './groups.ts';
import type { Person } from './sdk.ts';
import { Store } from './store.ts';

/** People met outside of one's contacts and groups, by uid, as the server knows them. */
export const learned = new Store<ReadonlyMap<string, Person>>(new Map());

const asked = new Set<string>();
let queue: Promise<void> = Promise.resolve();

/** Somebody under the name and picture they chose, if that is known here. */
function knownPerson(uid: string): Person | undefined {
  const contact = contacts.get().data?.find((c) => c.person.uid === uid)?.person;
  if (contact) return contact;
  for (const group of groups.get().data ?? []) {
    const member = group.members.find((m) => m.uid === uid);
    if (member) return member;
  }
  return learned.get().get(uid);
}

/**
 * The same person as they call themselves: frames and histories carry the username only. Who is not
 * known is asked for, once, and `learned` changes when the answer is there.
 */
export function asKnown(person: Person): Person {
  const known = knownPerson(person.uid);
  if (known) return known;
  if (person.uid !== '' && !asked.has(person.uid)) {
    asked.add(person.uid);
    // One after the other: a long history must not become a burst of questions.
    queue = queue.then(() => ask(person.uid));
  }
  return person;
}

export function forgetPeople(): void {
  asked.clear();
  learned.set(new Map());
}

async function ask(uid: string): Promise<void> {
  try {
    const found = await client.get()?.people.search(uid);
    const person = found?.find((p) => p.uid === uid);
    if (person) learned.update((now) => new Map(now).set(uid, person));
  } catch {
    // The username is shown instead; another sight of the person asks again.
    asked.delete(uid);
  }
}
