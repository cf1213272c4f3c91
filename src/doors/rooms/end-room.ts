import { Type } from 'typebox';
import { route } from '../route.ts';
import { success } from './present.ts';
import { InRoom, Success } from './schema.ts';

/** 结束房间 */
export const endRoom = route({
  method: 'POST',
  url: '/api/rooms/:room_name/end',
  access: 'user-or-service',
  summary: '结束房间: end a room for everybody, by its creator or a service',
  params: InRoom,
  response: Success(Type.Null()),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    await app.rooms.end(asked, asked.params.room_name);
    return success(asked.locale, 'room.ended', null);
  },
});
