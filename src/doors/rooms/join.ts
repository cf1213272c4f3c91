import { Type } from 'typebox';
import { route } from '../route.ts';
import { success } from './present.ts';
import { Count, MediaUrl, namedIn, PartStatus, Place, RoomName, Success, Token, Uid } from './schema.ts';

/** 加入房间 */
export const join = route({
  method: 'POST',
  url: '/api/participants/join',
  access: 'user-or-service',
  summary: '加入房间: come in, invited or not while there is a place; again renews the token',
  body: Type.Object({ ...Place.properties, device_type: Type.Optional(Type.String({ maxLength: 64 })) }),
  response: Success(
    Type.Object({
      id: Count,
      room_name: RoomName,
      uid: Uid,
      token: Token,
      status: PartStatus,
      livekit_url: MediaUrl,
      creator: Uid,
      max_participants: Count,
      timeout: Type.Integer({ description: 'Seconds that an invitation stands.' }),
    }),
  ),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { uid, device_type } = asked.body;
    const entry = await app.rooms.join(asked, namedIn(asked.body), uid, device_type);
    const { room, member, url, token, timeoutS } = entry;
    return success(asked.locale, 'room.joined', {
      id: member.id,
      room_name: room.name,
      uid: member.uid,
      token,
      status: member.status,
      livekit_url: url ?? asked.origin,
      creator: room.creator,
      max_participants: room.maxMembers,
      timeout: timeoutS,
    });
  },
});
