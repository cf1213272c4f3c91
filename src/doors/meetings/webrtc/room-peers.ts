import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { PeerInfo, presentPeers } from './peer.ts';
import { meetingIn, OfRoom } from './room-id.ts';

/** 获取房间对等端列表 */
export const roomPeers = route({
  method: 'GET',
  url: '/api/v1/webrtc/room/:roomId/peers',
  access: 'user-or-service',
  guests: 'roomId',
  summary: '获取房间对等端列表: who is online and what they send; for those in the meeting',
  params: OfRoom,
  response: Success(
    Type.Object({ room_id: Type.String(), peers: Type.Array(PeerInfo), total: Type.Integer({ minimum: 0 }) }),
  ),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { roomId } = asked.params;
    const id = meetingIn(roomId);
    const peers = await presentPeers(app, id, await app.meetings.peers(asked, id));
    return success(asked, { room_id: roomId, peers, total: peers.length });
  },
});
