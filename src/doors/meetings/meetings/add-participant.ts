import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { only, presentParticipants } from './present.ts';
import { Id, OfMeeting, ParticipantModel, Role } from './schema.ts';

/** 添加参与者 */
export const addParticipant = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/participants',
  access: 'user-or-service',
  summary: '添加参与者: name somebody, let in who waits, bring back who was removed; for host and moderators',
  params: OfMeeting,
  body: Type.Object({ user_id: Id, role: Type.Optional(Role) }),
  response: Success(ParticipantModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { params, body } = asked;
    const added = await app.meetings.add(asked, params.id, body.user_id, body.role);
    return success(asked, only(await presentParticipants(app, params.id, [added])));
  },
});
