import { Type } from 'typebox';
import { route } from '../../route.ts';
import { WholeNumber } from '../../whole-number.ts';
import { Success, success } from '../envelope.ts';
import { OfMeeting } from '../meetings/schema.ts';
import { presentBreakouts } from './present.ts';
import { BreakoutsModel } from './schema.ts';

/** 结束分组讨论 */
export const closeBreakouts = route({
  method: 'DELETE',
  url: '/api/v1/meetings/:id/breakouts',
  access: 'user-or-service',
  summary:
    '结束分组讨论: everybody is told, and so many seconds later the rooms are over; for host and moderators',
  params: OfMeeting,
  query: Type.Object({
    grace_seconds: Type.Optional(WholeNumber({ minimum: 0, maximum: 120, description: '30 unless said' })),
  }),
  response: Success(BreakoutsModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { grace_seconds: seconds } = asked.query;
    const graceMs = seconds === undefined ? undefined : seconds * 1000;
    const view = await app.breakouts.close(asked, asked.params.id, graceMs);
    return success(asked, await presentBreakouts(app, view));
  },
});
