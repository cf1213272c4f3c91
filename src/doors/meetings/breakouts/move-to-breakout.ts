import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { Id, OfParticipant } from '../meetings/schema.ts';

/** 分配讨论室 */
export const moveToBreakout = route({
  method: 'PUT',
  url: '/api/v1/meetings/:id/breakouts/participants/:user_id',
  access: 'user-or-service',
  guests: 'id',
  summary:
    '分配讨论室: a place in another room, or in none; for host and moderators, for oneself in free rooms',
  params: OfParticipant,
  body: Type.Object({ room: OrNull(Id) }),
  response: Success(Type.Null()),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { id, user_id: who } = asked.params;
    await app.breakouts.move(asked, id, who, asked.body.room);
    return success(asked, null);
  },
});
