import { Type } from 'typebox';
import { contactsOf } from '../../core/contacts/index.ts';
import { route } from '../route.ts';
import { Contacts, presentContact } from './contact.ts';
import { Uid } from './person.ts';

export const getHostContacts = route({
  method: 'GET',
  url: '/api/v1/host/contacts/:uid',
  access: 'service',
  summary: 'Somebody’s contacts, requests and blocks, as they see them',
  params: Type.Object({ uid: Uid }),
  response: Contacts,
  errors: ['not_found'],
  async handler(app, asked) {
    return { contacts: (await contactsOf(app, asked.params.uid)).map(presentContact) };
  },
});
