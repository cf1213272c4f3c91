import { Type } from 'typebox';
import { iceServers } from '../../../core/calls/index.ts';
import { socketAddress } from '../../origin.ts';
import { route } from '../../route.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { Id, OfMeeting, Password, Presence, Role } from './schema.ts';

const IceServer = Type.Object({
  urls: Type.Union([Type.String(), Type.Array(Type.String())]),
  username: Type.Optional(Type.String()),
  credential: Type.Optional(Type.String()),
});

/** 加入会议 */
export const joinMeeting = route({
  method: 'POST',
  url: '/api/v1/meetings/:id/join',
  access: 'user',
  guests: 'id',
  summary: '加入会议: come in, or wait to be let in; again renews the ways in',
  params: OfMeeting,
  body: OrNull(Type.Object({ password: Type.Optional(Password) })),
  response: Success(
    Type.Object({
      meeting_id: Id,
      participant_id: Id,
      room_url: Type.String({
        description: 'The signalling socket, with a ticket that is good for minutes.',
      }),
      ice_servers: Type.Array(IceServer),
      status: Presence,
      role: Role,
      mute_on_join: Type.Boolean(),
      url: OrNull(Type.String({ description: 'For LiveKit clients; null while waiting.' })),
      token: OrNull(Type.String()),
    }),
  ),
  errors: ['not_found', 'forbidden', 'gone', 'conflict', 'unavailable'],
  async handler(app, asked) {
    const { principal, params, body, origin } = asked;
    const entry = await app.meetings.join(asked, params.id, { password: body?.password });
    const { meeting, participant, media, ticket } = entry;
    const address = new URL('/ws/signaling', socketAddress(origin));
    address.searchParams.set('meeting_id', String(meeting.id));
    address.searchParams.set('user_id', String(principal.user.id));
    address.searchParams.set('ticket', ticket);
    return success(asked, {
      meeting_id: meeting.id,
      participant_id: participant.id,
      room_url: address.href,
      ice_servers: iceServers(app.ice, principal.user.uid, app.clock.now()),
      status: participant.state === 'waiting' ? ('waiting' as const) : ('online' as const),
      role: participant.role,
      mute_on_join: meeting.settings.muteOnJoin && participant.role === 'participant',
      url: media && (media.url ?? socketAddress(origin)),
      token: media?.token ?? null,
    });
  },
});
