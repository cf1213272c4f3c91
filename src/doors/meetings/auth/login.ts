import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentSession, SessionModel } from '../session.ts';
import { GivenPassword } from '../user.ts';

/** 用户登录 */
export const login = route({
  method: 'POST',
  url: '/api/v1/auth/login',
  access: 'public',
  summary: '用户登录: sign in with username or e-mail address and password',
  body: Type.Object({
    username: Type.String({ minLength: 1, maxLength: 254, examples: ['testuser'] }),
    password: GivenPassword,
  }),
  response: Success(SessionModel),
  errors: ['unauthenticated', 'forbidden'],
  async handler(app, asked) {
    const { username, password } = asked.body;
    const session = await app.accounts.login(username, password, asked.customer);
    return success(asked, presentSession(session));
  },
});
