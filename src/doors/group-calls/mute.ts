import { Type } from 'typebox';
import { command } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { OwnCall } from './schema.ts';

/** 切换静音状态 */
export const mute = route({
  method: 'PUT',
  url: '/api/v1/rtc/mute',
  access: 'user-or-service',
  summary: '切换静音状态: mute or unmute oneself',
  body: Type.Object({ ...OwnCall.properties, muted: Type.Boolean() }),
  response: Type.Object({ success: Type.Literal(true), muted: Type.Boolean() }),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId, muted } = asked.body;
    const { leg } = await command(app, asked, callId, userId, (by) => ({ type: 'media', by, muted }));
    return { success: true as const, muted: leg.muted };
  },
});
