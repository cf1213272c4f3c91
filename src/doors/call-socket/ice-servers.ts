import { Type } from 'typebox';
import { iceServers as serversFor } from '../../core/calls/index.ts';
import { route } from '../route.ts';

/** 获取STUN/TURN服务器配置: TURN with a credential of the asker's own. */
export const iceServers = route({
  method: 'GET',
  url: '/api/rtc/ice-servers',
  access: 'user-or-service',
  summary: '获取STUN/TURN服务器配置: STUN and TURN servers; credentials are per person and expire',
  response: Type.Object({
    success: Type.Literal(true),
    data: Type.Object({
      iceServers: Type.Array(
        Type.Object({
          urls: Type.Union([Type.String(), Type.Array(Type.String())]),
          username: Type.Optional(Type.String()),
          credential: Type.Optional(Type.String()),
        }),
      ),
    }),
  }),
  handler: async (app, { principal }) => {
    const uid = principal.kind === 'user' ? principal.user.uid : undefined;
    return { success: true as const, data: { iceServers: serversFor(app.ice, uid, app.clock.now()) } };
  },
});
