import { Type } from 'typebox';
import { linkContacts } from '../../core/contacts/index.ts';
import { route } from '../route.ts';
import { ContactEntry, presentContact } from './contact.ts';
import { Uid } from './person.ts';

export const putHostContact = route({
  method: 'PUT',
  url: '/api/v1/host/contacts/:uid/:other',
  access: 'service',
  summary:
    'Make two people accepted contacts, whatever stood between them; answers the other one as the first sees them',
  params: Type.Object({ uid: Uid, other: Uid }),
  response: ContactEntry,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentContact(await linkContacts(app, asked.params.uid, asked.params.other));
  },
});
