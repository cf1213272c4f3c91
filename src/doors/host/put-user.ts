import { Type } from 'typebox';
import { EMAIL_MAX, NAME_MAX, URL_MAX } from '../../core/users/index.ts';
import { route } from '../route.ts';
import { OrNull } from './envelope.ts';
import { HostUser, presentHostUser, Uid } from './person.ts';

export const putUser = route({
  method: 'PUT',
  url: '/api/v1/host/users/:uid',
  access: 'service',
  summary: 'Create or update somebody; what is not named stays, null takes away',
  params: Type.Object({ uid: Uid }),
  body: Type.Object({
    id: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'A number of the host’s own choosing, when it is free; it never changes.',
      }),
    ),
    username: Type.Optional(OrNull(Type.String({ minLength: 1, maxLength: 64 }))),
    display_name: Type.Optional(Type.String({ minLength: 1, maxLength: NAME_MAX })),
    avatar_url: Type.Optional(OrNull(Type.String({ minLength: 1, maxLength: URL_MAX }))),
    email: Type.Optional(OrNull(Type.String({ minLength: 3, maxLength: EMAIL_MAX }))),
    role: Type.Optional(Type.Unsafe<'user' | 'admin'>({ type: 'string', enum: ['user', 'admin'] })),
    status: Type.Optional(
      Type.Unsafe<'active' | 'banned'>({
        type: 'string',
        enum: ['active', 'banned'],
        description: 'A ban voids every token and closes every socket at once.',
      }),
    ),
  }),
  response: HostUser,
  errors: ['conflict'],
  async handler(app, asked) {
    const { display_name: displayName, avatar_url: avatarUrl, ...rest } = asked.body;
    return presentHostUser(await app.people.put(asked.params.uid, { ...rest, displayName, avatarUrl }));
  },
});
