import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { only, presentParticipants } from './present.ts';
import { OfMeeting, ParticipantModel } from './schema.ts';

/** 举手 */
export const raiseHand = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/hand',
  access: 'user',
  guests: 'id',
  summary: '举手: raise one’s own hand, or take it down',
  params: OfMeeting,
  body: Type.Object({ raised: Type.Boolean() }),
  response: Success(ParticipantModel),
  errors: ['not_found', 'forbidden', 'gone'],
  async handler(app, asked) {
    const participant = await app.meetings.raiseHand(asked, asked.params.id, asked.body.raised);
    return success(asked, only(await presentParticipants(app, asked.params.id, [participant])));
  },
});
