import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { NewPassword } from '../user.ts';

/** 重置密码 */
export const resetPassword = route({
  method: 'POST',
  url: '/api/v1/auth/reset-password',
  access: 'public',
  summary: '重置密码: a new password by the token of the mail; every session ends',
  body: Type.Object({
    token: Type.String({ minLength: 1, maxLength: 1024 }),
    new_password: NewPassword,
  }),
  response: Success(Type.Null()),
  errors: ['unauthenticated'],
  async handler(app, asked) {
    await app.credentials.reset(asked.body.token, asked.body.new_password);
    return success(asked, null);
  },
});
