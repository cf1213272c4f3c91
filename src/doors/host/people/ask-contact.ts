import { Type } from 'typebox';
import { actOnContact } from '../../../core/contacts/index.ts';
import { route } from '../../route.ts';
import { ContactEntry, presentContact } from '../contact.ts';
import { Uid } from '../person.ts';

export const askContact = route({
  method: 'POST',
  url: '/api/v1/contacts',
  access: 'user',
  summary: 'Ask somebody to be a contact; asking who has asked accepts',
  body: Type.Object({ uid: Uid }),
  response: ContactEntry,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    return presentContact(await actOnContact(app, 'ask', asked.principal.user, asked.body.uid));
  },
});
