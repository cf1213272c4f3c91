import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { Email, NewPassword, Nickname, presentUser, UserModel, Username } from '../user.ts';

/** 用户注册 */
export const register = route({
  method: 'POST',
  url: '/api/v1/auth/register',
  access: 'public',
  summary: '用户注册: open an account; the first one is the administrator',
  body: Type.Object({
    username: Username,
    email: Type.Optional(Email),
    password: NewPassword,
    nickname: Type.Optional(Nickname),
  }),
  response: Success(UserModel, 201),
  status: 201,
  errors: ['conflict'],
  async handler(app, asked) {
    const user = await app.accounts.register(asked.body);
    return success(asked, presentUser(user), 201);
  },
});
