import { Type } from 'typebox';
import { actOnContact } from '../../../core/contacts/index.ts';
import { route } from '../../route.ts';
import { ContactEntry, presentContact } from '../contact.ts';
import { Uid } from '../person.ts';

export const blockContact = route({
  method: 'POST',
  url: '/api/v1/contacts/:uid/block',
  access: 'user',
  summary: 'Block somebody: they can neither ask nor call, and are not told; DELETE takes it back',
  params: Type.Object({ uid: Uid }),
  response: ContactEntry,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentContact(await actOnContact(app, 'block', asked.principal.user, asked.params.uid));
  },
});
