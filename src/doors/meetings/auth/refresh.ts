import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentSession, SessionModel } from '../session.ts';

/** 刷新Token */
export const refresh = route({
  method: 'POST',
  url: '/api/v1/auth/refresh',
  access: 'public',
  summary: '刷新Token: a new pair for a refresh token, which is spent by it',
  body: Type.Object({ refresh_token: Type.String({ minLength: 1, maxLength: 1024 }) }),
  response: Success(SessionModel),
  errors: ['unauthenticated', 'forbidden'],
  async handler(app, asked) {
    const session = await app.accounts.refresh(asked.body.refresh_token);
    return success(asked, presentSession(session));
  },
});
