import { Type } from 'typebox';
import { ACCESS_TTL_S, GREATEST_LIFETIME_S } from '../../core/identity/index.ts';
import { tokenFor } from '../../core/users/index.ts';
import { route } from '../route.ts';
import { Uid } from './person.ts';

export const postToken = route({
  method: 'POST',
  url: '/api/v1/host/tokens',
  access: 'service',
  summary: 'A token to act as somebody; an unknown uid is provisioned',
  body: Type.Object({
    uid: Uid,
    ttl_s: Type.Optional(Type.Integer({ minimum: 1, maximum: GREATEST_LIFETIME_S, default: ACCESS_TTL_S })),
  }),
  response: Type.Object({ token: Type.String(), expires_in: Type.Integer({ description: 'Seconds' }) }),
  errors: ['not_found'],
  async handler(app, asked) {
    const { token, expiresIn } = await tokenFor(app, asked.body.uid, asked.body.ttl_s);
    return { token, expires_in: expiresIn };
  },
});
