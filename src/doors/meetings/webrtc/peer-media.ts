import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { only, presentParticipants } from '../meetings/present.ts';
import { Id, ParticipantModel } from '../meetings/schema.ts';

/** 更新对等端媒体 */
export const peerMedia = route({
  method: 'POST',
  url: '/api/v1/webrtc/peer/:peerId/media',
  access: 'user-or-service',
  guests: 'own',
  summary: '更新对等端媒体: one’s own; host and moderators may turn others’ off, nobody turns them on',
  params: Type.Object({ peerId: Id }),
  body: Type.Object(
    {
      audio: Type.Optional(Type.Boolean()),
      video: Type.Optional(Type.Boolean()),
      screen: Type.Optional(Type.Boolean()),
    },
    { minProperties: 1 },
  ),
  response: Success(ParticipantModel),
  errors: ['not_found', 'forbidden', 'gone', 'conflict'],
  async handler(app, asked) {
    const { meetingId, participant } = await app.meetings.setPeerMedia(
      asked,
      asked.params.peerId,
      asked.body,
    );
    return success(asked, only(await presentParticipants(app, meetingId, [participant])));
  },
});
