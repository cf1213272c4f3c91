import { Type } from 'typebox';
import { route } from '../route.ts';
import { MemberInfo, presentMember, success } from './present.ts';
import { InRoom, Success } from './schema.ts';

/** 获取参与者列表 */
export const listParticipants = route({
  method: 'GET',
  url: '/api/rooms/:room_name/participants',
  access: 'user-or-service',
  summary: '获取参与者列表: everybody with a part in a room, for those who have one',
  params: InRoom,
  response: Success(Type.Array(MemberInfo)),
  errors: ['not_found'],
  async handler(app, asked) {
    const room = await app.rooms.get(asked, asked.params.room_name);
    const members = room.members.map((member) => presentMember(room, member));
    return success(asked.locale, 'room.participants', members);
  },
});
