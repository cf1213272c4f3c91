import { Type } from 'typebox';
import { route } from '../route.ts';
import { HostUserDetail, presentHostUserDetail, Uid } from './person.ts';

export const getUser = route({
  method: 'GET',
  url: '/api/v1/host/users/:uid',
  access: 'service',
  summary: 'Somebody by uid or decimal id',
  params: Type.Object({ uid: Uid }),
  response: HostUserDetail,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentHostUserDetail(await app.people.get(asked.params.uid));
  },
});
