import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { InvitationModel } from './invitation-model.ts';
import { presentInvitations } from './present.ts';
import { OfMeeting } from './schema.ts';

/** Ours. */
export const listInvitations = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/invitations',
  access: 'user-or-service',
  summary: 'Who has been invited, in the order they were; for host and moderators',
  params: OfMeeting,
  query: Type.Object(Paging),
  response: Success(Listed('invitations', InvitationModel)),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { params, query } = asked;
    const { invitations, total } = await app.invitations.list(asked, params.id, pageOf(query));
    return success(asked, listed('invitations', await presentInvitations(app, invitations), total, query));
  },
});
