import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfInvitation } from './invitation-model.ts';

/** Ours. */
export const takeBackInvitation = route({
  method: 'DELETE',
  url: '/api/v1/meetings/:id/invitations/:invitation_id',
  access: 'user-or-service',
  summary:
    'Take an invitation back: by mail too, and whoever has not come yet may not; for host and moderators',
  params: OfInvitation,
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    await app.invitations.withdraw(asked, asked.params.id, asked.params.invitation_id);
    return success(asked, null);
  },
});
