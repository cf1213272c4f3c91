import { Type } from 'typebox';
import { command } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { OwnCall } from './schema.ts';

/** 切换视频状态 */
export const video = route({
  method: 'PUT',
  url: '/api/v1/rtc/video',
  access: 'user-or-service',
  summary: '切换视频状态: turn one’s camera on or off',
  body: Type.Object({ ...OwnCall.properties, enabled: Type.Boolean() }),
  response: Type.Object({ success: Type.Literal(true), enabled: Type.Boolean() }),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId, enabled } = asked.body;
    const { leg } = await command(app, asked, callId, userId, (by) => ({
      type: 'media',
      by,
      videoOn: enabled,
    }));
    return { success: true as const, enabled: leg.videoOn };
  },
});
