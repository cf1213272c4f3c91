import { Type } from 'typebox';
import { command } from '../../core/calls/index.ts';
import { route } from '../route.ts';
import { OwnCall, oneOf, Success } from './schema.ts';

/** 切换媒体设备 */
export const device = route({
  method: 'PUT',
  url: '/api/v1/rtc/device',
  access: 'user-or-service',
  summary: '切换媒体设备: tell the others that another camera, microphone or loudspeaker is used',
  body: Type.Object({
    ...OwnCall.properties,
    deviceType: oneOf(['audioinput', 'audiooutput', 'videoinput']),
    deviceId: Type.String({ minLength: 1, maxLength: 256 }),
  }),
  response: Success,
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { callId, userId, deviceType, deviceId } = asked.body;
    const used = { type: deviceType, id: deviceId };
    await command(app, asked, callId, userId, (by) => ({ type: 'media', by, device: used }));
    return { success: true as const };
  },
});
