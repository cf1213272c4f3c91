import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { only, presentParticipants } from './present.ts';
import { OfParticipant, ParticipantModel, Role } from './schema.ts';

/** 更新参与者角色 */
export const setRole = route({
  method: 'PUT',
  url: '/api/v1/meetings/:id/participants/:user_id/role',
  access: 'user-or-service',
  summary: '更新参与者角色: a new host is the only one; for the host',
  params: OfParticipant,
  body: Type.Object({ role: Role }),
  response: Success(ParticipantModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { id, user_id: who } = asked.params;
    const participant = await app.meetings.setRole(asked, id, who, asked.body.role);
    return success(asked, only(await presentParticipants(app, id, [participant])));
  },
});
