import { Type } from 'typebox';
import { removeMember } from '../../core/groups/index.ts';
import { route } from '../route.ts';
import { Done } from './envelope.ts';
import { GroupId } from './group.ts';
import { Uid } from './person.ts';

export const deleteHostMember = route({
  method: 'DELETE',
  url: '/api/v1/host/groups/:group_id/members/:uid',
  access: 'service',
  summary: 'Take somebody out of a group',
  params: Type.Object({ group_id: GroupId, uid: Uid }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await removeMember(app, asked.principal, asked.params.group_id, asked.params.uid);
    return {};
  },
});
