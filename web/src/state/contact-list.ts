import type { Contact, Person } from './sdk.ts';

/** Contacts as the pages show them: by what they are, online first, then by name. */
export interface ContactGroups {
  accepted: Contact[];
  online: Contact[];
  incoming: Contact[];
  outgoing: Contact[];
  blocked: Contact[];
}

export function sortContacts(contacts: readonly Contact[], language: string): ContactGroups {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
  const byName = (a: Contact, b: Contact) => collator.compare(a.person.name, b.person.name);
  const of = (state: Contact['state']) => contacts.filter((c) => c.state === state).sort(byName);
  const accepted = of('accepted').sort((a, b) => Number(b.online) - Number(a.online));
  return {
    accepted,
    online: accepted.filter((c) => c.online),
    incoming: of('incoming'),
    outgoing: of('outgoing'),
    blocked: of('blocked'),
  };
}

/** Whether a person is meant by what somebody typed: the beginning of any word of the name, or of the uid. */
export function matches(person: Person, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  const name = person.name.toLowerCase();
  return name.includes(wanted) || person.uid.toLowerCase().startsWith(wanted);
}
