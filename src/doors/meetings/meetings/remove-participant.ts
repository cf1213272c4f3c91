import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfParticipant } from './schema.ts';

/** 移除参与者 */
export const removeParticipant = route({
  method: 'DELETE',
  url: '/api/v1/meetings/:id/participants/:user_id',
  access: 'user-or-service',
  summary: '移除参与者: at once, and until they are added again; for host and moderators',
  params: OfParticipant,
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    await app.meetings.removeParticipant(asked, asked.params.id, asked.params.user_id);
    return success(asked, null);
  },
});
