import { Type } from 'typebox';
import { route } from '../route.ts';
import { GroupId, HostGroup, presentHostGroup } from './group.ts';

export const getHostGroup = route({
  method: 'GET',
  url: '/api/v1/host/groups/:group_id',
  access: 'service',
  summary: 'A group and its members',
  params: Type.Object({ group_id: GroupId }),
  response: HostGroup,
  errors: ['not_found'],
  async handler(app, asked) {
    return presentHostGroup(await app.groups.get(asked.principal, asked.params.group_id));
  },
});
