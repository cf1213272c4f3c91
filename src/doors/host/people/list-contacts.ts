import { route } from '../../route.ts';
import { Contacts, presentContact } from '../contact.ts';

export const listContacts = route({
  method: 'GET',
  url: '/api/v1/contacts',
  access: 'user',
  summary: 'One’s contacts, requests both ways and blocks, with presence',
  response: Contacts,
  async handler(app, asked) {
    return { contacts: (await app.contacts.list(asked.principal.user.id)).map(presentContact) };
  },
});
