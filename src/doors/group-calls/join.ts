import { Type } from 'typebox';
import { join as joinCall } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { mediaOf } from './media.ts';
import { CallId, Description, Media, OwnCall, UserId } from './schema.ts';

/** 加入通话 */
export const join = route({
  method: 'POST',
  url: '/api/v1/rtc/join',
  access: 'user-or-service',
  summary: '加入通话: come into a call one was asked into, or that is of one’s group',
  body: Type.Object({ ...OwnCall.properties, offer: Type.Optional(Description('offer')) }),
  response: Type.Object({
    success: Type.Literal(true),
    call: Type.Object({ id: CallId, participants: Type.Array(UserId) }),
    media: Media,
  }),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId, offer } = asked.body;
    const { call, user } = await joinCall(app, asked, callId, { user: userId, offer });
    const participants = call.legs.filter((leg) => leg.state === 'joined').map((leg) => leg.uid);
    const media = await mediaOf(app, call, user, asked.origin);
    return { success: true as const, call: { id: call.id, participants }, media };
  },
});
