import { Type } from 'typebox';
import { unlinkContacts } from '../../core/contacts/index.ts';
import { route } from '../route.ts';
import { Done } from './envelope.ts';
import { Uid } from './person.ts';

export const deleteHostContact = route({
  method: 'DELETE',
  url: '/api/v1/host/contacts/:uid/:other',
  access: 'service',
  summary: 'End a contact or a request; a block that one of the two made stays',
  params: Type.Object({ uid: Uid, other: Uid }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await unlinkContacts(app, asked.params.uid, asked.params.other);
    return {};
  },
});
