import { Type } from 'typebox';
import { devicesOf } from '../../../core/users/index.ts';
import { route } from '../../route.ts';
import { Time, time } from '../envelope.ts';

export const listDevices = route({
  method: 'GET',
  url: '/api/v1/me/devices',
  access: 'user',
  summary: 'One’s live devices, wherever they are connected',
  response: Type.Object({
    devices: Type.Array(
      Type.Object({
        id: Type.String(),
        user_agent: Type.String(),
        connected_at: Time,
        current: Type.Boolean({ description: 'The device that asks.' }),
      }),
    ),
  }),
  async handler(app, asked) {
    const devices = await devicesOf(app, asked.principal.user);
    return {
      devices: devices.map((device) => ({
        id: device.id,
        user_agent: device.userAgent,
        connected_at: time(device.connectedAt),
        current: device.id === asked.device || device.jti === asked.device,
      })),
    };
  },
});
