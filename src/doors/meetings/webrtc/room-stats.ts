import { Type } from 'typebox';
import { route } from '../../route.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { meetingIn, OfRoom } from './room-id.ts';

const Rates = Type.Object({ audio: Type.Number(), video: Type.Number() });
const Measured = Type.Object({
  user_id: Type.Integer(),
  participant_id: Type.Integer(),
  rtt_ms: OrNull(Type.Number()),
  loss_up: OrNull(Type.Number({ description: '0 to 1, of the last seconds' })),
  loss_down: OrNull(Type.Number()),
  bitrate_up: Rates,
  bitrate_down: Rates,
});

/** 获取房间统计 */
export const webrtcStats = route({
  method: 'GET',
  url: '/api/v1/webrtc/room/:roomId/stats',
  access: 'user-or-service',
  guests: 'roomId',
  summary: '获取房间统计: what the media engine measures now; for those in the meeting',
  params: OfRoom,
  response: Success(
    Type.Object({
      room_id: Type.String(),
      peer_count: Type.Integer({ minimum: 0 }),
      bitrate_up: Type.Number({ description: 'Bits per second, of all' }),
      bitrate_down: Type.Number(),
      peers: Type.Array(Measured),
    }),
  ),
  errors: ['not_found', 'forbidden'],
  async handler(app, asked) {
    const { roomId } = asked.params;
    const measured = await app.meetings.measured(asked, meetingIn(roomId));
    const sum = (which: 'bitrateUp' | 'bitrateDown') =>
      measured.reduce((total, { stats }) => total + stats[which].audio + stats[which].video, 0);
    return success(asked, {
      room_id: roomId,
      peer_count: measured.length,
      bitrate_up: sum('bitrateUp'),
      bitrate_down: sum('bitrateDown'),
      peers: measured.map(({ participant, stats }) => ({
        user_id: participant.userId,
        participant_id: participant.id,
        rtt_ms: stats.roundTripMs ?? null,
        loss_up: stats.lossUp ?? null,
        loss_down: stats.lossDown ?? null,
        bitrate_up: stats.bitrateUp,
        bitrate_down: stats.bitrateDown,
      })),
    });
  },
});
