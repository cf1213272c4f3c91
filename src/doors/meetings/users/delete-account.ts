import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { GivenPassword } from '../user.ts';
import { signed } from './signed.ts';

/** 删除账户 */
export const deleteAccount = route({
  method: 'DELETE',
  url: '/api/v1/users/account',
  access: 'user',
  summary:
    '删除账户: personal data, contacts and memberships go; calls and meetings are left, histories stay',
  body: Type.Optional(Type.Object({ password: Type.Optional(GivenPassword) })),
  response: Success(Type.Null()),
  errors: ['conflict'],
  async handler(app, asked) {
    await app.credentials.remove(signed(asked), asked.body?.password);
    return success(asked, null);
  },
});
