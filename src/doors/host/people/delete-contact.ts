import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Done } from '../envelope.ts';
import { Uid } from '../person.ts';

export const deleteContact = route({
  method: 'DELETE',
  url: '/api/v1/contacts/:uid',
  access: 'user',
  summary: 'End a contact, take back a request, or lift one’s block',
  params: Type.Object({ uid: Uid }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await app.contacts.act('remove', asked.principal.user, await app.people.get(asked.params.uid));
    return {};
  },
});
