import { Type } from 'typebox';
import { route } from '../route.ts';
import { wholeSeconds } from '../time.ts';
import { WholeNumber } from '../whole-number.ts';
import { success } from './present.ts';
import {
  CallType,
  Count,
  InviteOn,
  MediaUrl,
  nameIn,
  RoomName,
  roomNames,
  Status,
  Success,
  Time,
  Token,
  Uid,
  Uids,
} from './schema.ts';

/** 创建房间 */
export const createRoom = route({
  method: 'POST',
  url: '/api/rooms',
  access: 'user-or-service',
  summary: '创建房间: begin a room, ask people in and let its creator in',
  body: Type.Object({
    source_channel_id: Type.Optional(
      Type.String({ maxLength: 128, description: 'Of one channel one room lives.' }),
    ),
    source_channel_type: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
    creator: Uid,
    ...roomNames,
    call_type: Type.Optional(CallType),
    invite_on: Type.Optional(InviteOn),
    uids: Type.Optional(Uids(0)),
    max_participants: Type.Optional(
      WholeNumber({ minimum: 2, maximum: 1000, default: 2, description: 'The creator included.' }),
    ),
  }),
  response: Success(
    Type.Object({
      id: Count,
      room_name: RoomName,
      token: Token,
      livekit_url: MediaUrl,
      status: Status,
      created_at: Time,
    }),
  ),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { body } = asked;
    const channel = body.source_channel_id
      ? { id: body.source_channel_id, type: body.source_channel_type ?? 0 }
      : undefined;
    const { room, url, token } = await app.rooms.create(asked, {
      name: nameIn(body),
      creator: body.creator,
      uids: body.uids ?? [],
      callType: body.call_type ?? 0,
      inviteOn: body.invite_on === 1,
      maxMembers: body.max_participants ?? 2,
      channel,
    });
    return success(asked.locale, 'room.created', {
      id: room.id,
      room_name: room.name,
      token,
      livekit_url: url ?? asked.origin,
      status: room.status,
      created_at: wholeSeconds(room.createdAt),
    });
  },
});
