import { Type } from 'typebox';
import { route } from '../route.ts';
import { WholeNumber } from '../whole-number.ts';
import { presentRoom, RoomInfo, success } from './present.ts';
import { Count, Success } from './schema.ts';

/** 列出房间列表 */
export const listRooms = route({
  method: 'GET',
  url: '/api/rooms',
  access: 'user-or-service',
  summary: '获取房间列表: all rooms for a service, one’s own for a person, newest first',
  query: Type.Object({
    limit: Type.Optional(WholeNumber({ minimum: 1, maximum: 100, default: 10 })),
    offset: Type.Optional(WholeNumber({ minimum: 0, maximum: 10_000_000, default: 0 })),
  }),
  response: Success(Type.Object({ rooms: Type.Array(RoomInfo), total: Count })),
  async handler(app, asked) {
    const { limit = 10, offset = 0 } = asked.query;
    const { rooms, total } = await app.rooms.list(asked, limit, offset);
    return success(asked.locale, 'room.listed', { rooms: rooms.map(presentRoom), total });
  },
});
