import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentSession, SessionModel } from '../session.ts';
import { GivenPassword, NewPassword } from '../user.ts';
import { signed } from './signed.ts';

/** 修改密码 */
export const changePassword = route({
  method: 'POST',
  url: '/api/v1/users/change-password',
  access: 'user',
  summary: '修改密码: every session of before ends; one’s own goes on with the tokens that are answered',
  body: Type.Object({ old_password: GivenPassword, new_password: NewPassword }),
  response: Success(SessionModel),
  async handler(app, asked) {
    const { old_password: old, new_password: next } = asked.body;
    return success(asked, presentSession(await app.credentials.change(signed(asked), old, next)));
  },
});
