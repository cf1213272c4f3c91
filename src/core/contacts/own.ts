import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import type { Contact, Contacts } from './contacts.ts';

/** What acting on one's own contacts needs of the program. */
export interface OwnContactsApp {
  people: Pick<People, 'get'>;
  contacts: Contacts;
}

/** Asks, accepts or blocks; answers how the two stand then, as `me` sees it. */
export async function actOnContact(
  { people, contacts }: OwnContactsApp,
  action: 'ask' | 'accept' | 'block',
  me: User,
  uid: string,
): Promise<Contact> {
  const other = await people.get(uid);
  await contacts.act(action, me, other);
  return contacts.entry(me, other);
}
