import { Type } from 'typebox';
import { actOnContact } from '../../../core/contacts/index.ts';
import { route } from '../../route.ts';
import { ContactEntry, presentContact } from '../contact.ts';
import { Uid } from '../person.ts';

export const acceptContact = route({
  method: 'POST',
  url: '/api/v1/contacts/:uid/accept',
  access: 'user',
  summary: 'Accept somebody’s request',
  params: Type.Object({ uid: Uid }),
  response: ContactEntry,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentContact(await actOnContact(app, 'accept', asked.principal.user, asked.params.uid));
  },
});
