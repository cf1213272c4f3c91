import { Type } from 'typebox';
import { route } from '../../route.ts';
import { GroupName, MemberGroup, Members, presentMemberGroup } from '../group.ts';

export const createGroup = route({
  method: 'POST',
  url: '/api/v1/groups',
  access: 'user',
  summary: 'Begin a group of one’s own, with accepted contacts',
  body: Type.Object({ name: GroupName, members: Type.Optional(Members) }),
  response: MemberGroup,
  status: 201,
  errors: ['not_found'],
  async handler(app, asked) {
    const { name, members = [] } = asked.body;
    const people = await app.people.resolve(members, false);
    return presentMemberGroup(await app.groups.create(asked.principal, name, people));
  },
});
