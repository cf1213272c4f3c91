import { Type } from 'typebox';
import { putGroup } from '../../core/groups/index.ts';
import { route } from '../route.ts';
import { GroupId, GroupName, HostGroup, Members, presentHostGroup } from './group.ts';

export const putHostGroup = route({
  method: 'PUT',
  url: '/api/v1/host/groups/:group_id',
  access: 'service',
  summary: 'Create a group, or replace its name and members; unknown members are provisioned',
  params: Type.Object({ group_id: GroupId }),
  body: Type.Object({ name: GroupName, members: Members }),
  response: HostGroup,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentHostGroup(await putGroup(app, asked.principal, asked.params.group_id, asked.body));
  },
});
