import { route } from '../route.ts';
import { presentRoom, RoomInfo, success } from './present.ts';
import { InRoom, Success } from './schema.ts';

/** 获取房间信息 */
export const getRoom = route({
  method: 'GET',
  url: '/api/rooms/:room_name',
  access: 'user-or-service',
  summary: '获取房间信息: one room, for whoever has a part in it',
  params: InRoom,
  response: Success(RoomInfo),
  errors: ['not_found'],
  async handler(app, asked) {
    const room = await app.rooms.get(asked, asked.params.room_name);
    return success(asked.locale, 'room.read', presentRoom(room));
  },
});
