import { Type } from 'typebox';
import { cutDevice as cut } from '../../../core/users/index.ts';
import { route } from '../../route.ts';
import { Done } from '../envelope.ts';

export const cutDevice = route({
  method: 'DELETE',
  url: '/api/v1/me/devices/:id',
  access: 'user',
  summary: 'Close a device’s connection',
  params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }),
  response: Done,
  errors: ['not_found'],
  async handler(app, asked) {
    await cut(app, asked.principal.user, asked.params.id);
    return {};
  },
});
