import { Type } from 'typebox';
import { route } from '../../route.ts';
import { MemberGroup, presentMemberGroup } from '../group.ts';

export const listGroups = route({
  method: 'GET',
  url: '/api/v1/groups',
  access: 'user',
  summary: 'The groups one is in',
  response: Type.Object({ groups: Type.Array(MemberGroup) }),
  async handler(app, asked) {
    return { groups: (await app.groups.of(asked.principal.user)).map(presentMemberGroup) };
  },
});
