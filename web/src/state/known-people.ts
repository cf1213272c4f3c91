import { contacts } from './contacts.ts';
import { groups } from './groups.ts';
import type { Person } from './sdk.ts';

/** Somebody from one's own contacts and groups, where people have the names and pictures they chose. */
export function knownPerson(uid: string): Person | undefined {
  const contact = contacts.get().data?.find((c) => c.person.uid === uid)?.person;
  if (contact) return contact;
  for (const group of groups.get().data ?? []) {
    const member = group.members.find((m) => m.uid === uid);
    if (member) return member;
  }
  return undefined;
}

/** The same person as they call themselves; frames carry the username only. */
export function asKnown(person: Person): Person {
  return knownPerson(person.uid) ?? person;
}
