import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { presentParticipants } from './present.ts';
import { OfMeeting, ParticipantModel, Presence } from './schema.ts';

/** 获取参与者列表 */
export const listParticipants = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/participants',
  access: 'user-or-service',
  guests: 'id',
  summary: '获取参与者列表: in the order they came; for those in it',
  params: OfMeeting,
  query: Type.Object({ ...Paging, status: Type.Optional(Presence) }),
  response: Success(Listed('participants', ParticipantModel)),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { params, query } = asked;
    const found = await app.meetings.participants(asked, params.id, pageOf(query), query.status);
    const shown = await presentParticipants(app, params.id, found.participants);
    return success(asked, listed('participants', shown, found.total, query));
  },
});
