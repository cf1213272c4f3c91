import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { OfMeeting } from '../meetings/schema.ts';
import { presentBreakouts } from './present.ts';
import { BreakoutsModel } from './schema.ts';

/** 获取分组讨论 */
export const getBreakouts = route({
  method: 'GET',
  url: '/api/v1/meetings/:id/breakouts',
  access: 'user-or-service',
  guests: 'id',
  summary: '获取分组讨论: the rooms, who has a place in each and who is there; for those in the meeting',
  params: OfMeeting,
  response: Success(BreakoutsModel),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const view = await app.breakouts.get(asked, asked.params.id);
    return success(asked, await presentBreakouts(app, view));
  },
});
