import { ParleyError } from '../errors.ts';
import type { People } from '../users/people.ts';
import type { Contact, Contacts } from './contacts.ts';

/** What a host application's word on contacts needs of the program. */
export interface LinkApp {
  people: Pick<People, 'get' | 'resolve'>;
  contacts: Contacts;
}

/** Makes two people accepted contacts; those nobody knows yet are provisioned. */
export async function linkContacts(
  { people, contacts }: LinkApp,
  uid: string,
  other: string,
): Promise<Contact> {
  const [a, b] = await people.resolve([uid, other], true);
  if (!a || !b) throw new ParleyError('internal', 'internal');
  await contacts.act('link', a, b);
  return contacts.entry(a, b);
}

export async function unlinkContacts(
  { people, contacts }: LinkApp,
  uid: string,
  other: string,
): Promise<void> {
  await contacts.act('unlink', await people.get(uid), await people.get(other));
}

export async function contactsOf({ people, contacts }: LinkApp, uid: string): Promise<Contact[]> {
  return contacts.list((await people.get(uid)).id);
}
