import { Type } from 'typebox';
import type { Assign } from '../../../core/breakouts/index.ts';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Id, OfMeeting } from '../meetings/schema.ts';
import { presentBreakouts } from './present.ts';
import { BreakoutsModel, RoomTitle } from './schema.ts';

/** 开始分组讨论 */
export const openBreakouts = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/breakouts',
  access: 'user-or-service',
  summary: '开始分组讨论: rooms apart for a while; for host and moderators, who may enter each',
  params: OfMeeting,
  body: Type.Object({
    rooms: Type.Array(
      Type.Object({
        name: RoomTitle,
        user_ids: Type.Optional(Type.Array(Id, { maxItems: 1000 })),
      }),
      { minItems: 1, maxItems: 50 },
    ),
    assign: Type.Unsafe<Assign>({ type: 'string', enum: ['manual', 'even', 'free'] }),
    minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 240 })),
  }),
  response: Success(BreakoutsModel, 201),
  status: 201,
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { rooms, assign, minutes } = asked.body;
    const named = rooms.map(({ name, user_ids: userIds }) => ({ name, userIds }));
    const view = await app.breakouts.open(asked, asked.params.id, { rooms: named, assign, minutes });
    return success(asked, await presentBreakouts(app, view), 201);
  },
});
