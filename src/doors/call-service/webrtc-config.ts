import { Type } from 'typebox';
import { iceServers } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { say } from '../words.ts';
import { Success } from './schema.ts';

const IceServer = Type.Object({
  urls: Type.Union([Type.String(), Type.Array(Type.String())]),
  username: Type.Optional(Type.String()),
  credential: Type.Optional(Type.String()),
});

/** 获取WebRTC配置: STUN for everybody, TURN with a credential of one's own for whoever has a token. */
export const webrtcConfig = route({
  method: 'GET',
  url: '/api/v1/rtc/config/webrtc',
  access: 'optional',
  summary: '获取WebRTC配置: how to reach each other; TURN servers only with a token of a person',
  response: Success(
    Type.Object({ iceServers: Type.Array(IceServer), sdpSemantics: Type.Literal('unified-plan') }),
  ),
  handler: async (app, asked) => {
    const uid = asked.principal?.kind === 'user' ? asked.principal.user.uid : undefined;
    return {
      code: 200 as const,
      message: say('success', asked.locale),
      data: { iceServers: iceServers(app.ice, uid, app.clock.now()), sdpSemantics: 'unified-plan' as const },
    };
  },
});
