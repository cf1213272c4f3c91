import { Type } from 'typebox';
import { route } from '../route.ts';
import { success } from './present.ts';
import { InRoom, Status, Success } from './schema.ts';

/** 更新房间状态 */
export const setRoomStatus = route({
  method: 'PUT',
  url: '/api/rooms/:room_name/status',
  access: 'user-or-service',
  summary: '更新房间状态: 0 -> 1 -> 2 or 0 -> 3, by its creator or a service',
  params: InRoom,
  body: Type.Object({ status: Status }),
  response: Success(Type.Null()),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    await app.rooms.setStatus(asked, asked.params.room_name, asked.body.status);
    return success(asked.locale, 'room.status_set', null);
  },
});
