import { Type } from 'typebox';
import { route } from '../route.ts';
import { success } from './present.ts';
import { InRoom, PartStatus, Success, Uid } from './schema.ts';

/** 更新参与者状态 */
export const setParticipantStatus = route({
  method: 'PUT',
  url: '/api/rooms/:room_name/participants/:uid/status',
  access: 'user-or-service',
  summary: '更新参与者状态: one’s own to 1, 2 or 3; anybody’s by the creator or a service, where 3 removes',
  params: Type.Object({ ...InRoom.properties, uid: Uid }),
  body: Type.Object({ status: PartStatus }),
  response: Success(Type.Null()),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { room_name, uid } = asked.params;
    await app.rooms.setMemberStatus(asked, room_name, uid, asked.body.status);
    return success(asked.locale, 'room.participant_set', null);
  },
});
