import { Type } from 'typebox';
import { route } from '../route.ts';
import { Done } from './envelope.ts';
import { GroupId } from './group.ts';

export const deleteHostGroup = route({
  method: 'DELETE',
  url: '/api/v1/host/groups/:group_id',
  access: 'service',
  summary: 'Remove a group',
  params: Type.Object({ group_id: GroupId }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await app.groups.remove(asked.principal, asked.params.group_id);
    return {};
  },
});
