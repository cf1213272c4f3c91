import { need } from './connection.ts';
import { go } from './router.ts';
import type { Client, Contact, Person } from './sdk.ts';
import { Loader } from './store.ts';
import { toast } from './toasts.ts';

export const contacts = new Loader<readonly Contact[]>();

export function loadContacts(): Promise<void> {
  return contacts.load(() => need().contacts.list());
}

/** Keeps the list as the socket tells it. */
export function wireContacts(client: Client): void {
  client.on('presence', ({ uid, online }) => {
    contacts.change((list) => list.map((c) => (c.person.uid === uid ? { ...c, online } : c)));
  });
  client.on('contactRequest', (person) => {
    void loadContacts().then(() => {
      const known = contacts.get().data?.find((c) => c.person.uid === person.uid)?.person;
      const see = { key: 'contacts.see', run: () => go('/contacts') } as const;
      toast('info', 'contacts.wantsYou', { name: (known ?? person).name }, see);
    });
  });
  client.on('contactAccepted', (person) => {
    void loadContacts().then(() => {
      const known = contacts.get().data?.find((c) => c.person.uid === person.uid)?.person;
      toast('ok', 'contacts.nowContact', { name: (known ?? person).name });
    });
  });
}

export type ContactDeed = 'ask' | 'accept' | 'decline' | 'block' | 'remove';

/** Does something with a contact and reads the list again, for the server decides what follows. */
export async function doContact(deed: ContactDeed, person: Person): Promise<void> {
  const { contacts: api } = need();
  if (deed === 'ask') await api.ask(person.uid);
  else if (deed === 'accept') await api.accept(person.uid);
  else if (deed === 'decline') await api.decline(person.uid);
  else if (deed === 'block') await api.block(person.uid);
  else await api.remove(person.uid);
  await loadContacts();
}

export function searchPeople(query: string): Promise<readonly Person[]> {
  return need().people.search(query);
}
