import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { InvitedModel, Invitee } from './invitation-model.ts';
import { OfMeeting } from './schema.ts';

/** Ours. */
export const invite = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/invitations',
  access: 'user-or-service',
  summary:
    'Invite by username, uid, number or e-mail address; those with an address get mail; for host and moderators',
  params: OfMeeting,
  body: Type.Object({
    invitees: Type.Array(Invitee, { minItems: 1, maxItems: 100 }),
    message: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  response: Success(Type.Object({ invitations: Type.Array(InvitedModel) }), 201),
  status: 201,
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { invitees, message } = asked.body;
    const invited = await app.invitations.invite(asked, asked.params.id, invitees, message);
    const invitations = invited.map(({ given, user, email, invitation, status }) => ({
      invitee: given,
      invitation_id: invitation?.id ?? null,
      user_id: user?.id ?? null,
      email,
      status,
    }));
    return success(asked, { invitations }, 201);
  },
});
