import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Done } from '../envelope.ts';
import { Uid } from '../person.ts';

export const declineContact = route({
  method: 'POST',
  url: '/api/v1/contacts/:uid/decline',
  access: 'user',
  summary: 'Decline somebody’s request; they may ask again',
  params: Type.Object({ uid: Uid }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await app.contacts.act('decline', asked.principal.user, await app.people.get(asked.params.uid));
    return {};
  },
});
