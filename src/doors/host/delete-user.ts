import { Type } from 'typebox';
import { route } from '../route.ts';
import { Done } from './envelope.ts';
import { Uid } from './person.ts';

export const deleteUser = route({
  method: 'DELETE',
  url: '/api/v1/host/users/:uid',
  access: 'service',
  summary: 'Delete somebody: personal data, contacts and memberships go, tokens and sockets are void',
  params: Type.Object({ uid: Uid }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await app.people.remove(asked.params.uid);
    return {};
  },
});
