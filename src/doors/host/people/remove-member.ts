import { Type } from 'typebox';
import { removeMember as remove } from '../../../core/groups/index.ts';
import { route } from '../../route.ts';
import { Done } from '../envelope.ts';
import { GroupId } from '../group.ts';
import { Uid } from '../person.ts';

export const removeMember = route({
  method: 'DELETE',
  url: '/api/v1/groups/:group_id/members/:uid',
  access: 'user',
  summary: 'Take somebody out of a group one owns, or leave one',
  params: Type.Object({ group_id: GroupId, uid: Uid }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await remove(app, asked.principal, asked.params.group_id, asked.params.uid);
    return {};
  },
});
