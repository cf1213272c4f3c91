import { Type } from 'typebox';
import { addMember } from '../../core/groups/index.ts';
import { route } from '../route.ts';
import { GroupId, HostGroup, presentHostGroup } from './group.ts';
import { Uid } from './person.ts';

export const putHostMember = route({
  method: 'PUT',
  url: '/api/v1/host/groups/:group_id/members/:uid',
  access: 'service',
  summary: 'Bring somebody into a group; an unknown uid is provisioned',
  params: Type.Object({ group_id: GroupId, uid: Uid }),
  response: HostGroup,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    return presentHostGroup(await addMember(app, asked.principal, asked.params.group_id, asked.params.uid));
  },
});
