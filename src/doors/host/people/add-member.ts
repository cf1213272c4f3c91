import { Type } from 'typebox';
import { addMember as add } from '../../../core/groups/index.ts';
import { route } from '../../route.ts';
import { GroupId, MemberGroup, presentMemberGroup } from '../group.ts';
import { Uid } from '../person.ts';

export const addMember = route({
  method: 'PUT',
  url: '/api/v1/groups/:group_id/members/:uid',
  access: 'user',
  summary: 'Bring an accepted contact into a group one owns',
  params: Type.Object({ group_id: GroupId, uid: Uid }),
  response: MemberGroup,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    return presentMemberGroup(await add(app, asked.principal, asked.params.group_id, asked.params.uid));
  },
});
