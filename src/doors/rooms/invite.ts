import { Type } from 'typebox';
import { route } from '../route.ts';
import { success } from './present.ts';
import { InRoom, Success, Uids } from './schema.ts';

/** 邀请参与者 */
export const invite = route({
  method: 'POST',
  url: '/api/rooms/:room_name/invite',
  access: 'user-or-service',
  summary: '邀请参与者: ask people in; whoever is busy elsewhere is listed with status 5',
  params: InRoom,
  body: Type.Object({ uids: Uids(1) }),
  response: Success(Type.Null()),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    await app.rooms.invite(asked, asked.params.room_name, asked.body.uids);
    return success(asked.locale, 'room.invited', null);
  },
});
