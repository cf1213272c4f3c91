import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentUser, UserModel } from '../user.ts';

/** 获取用户资料 */
export const getProfile = route({
  method: 'GET',
  url: '/api/v1/users/profile',
  access: 'user',
  guests: 'own',
  summary: '获取用户资料: who one is',
  response: Success(UserModel),
  async handler(_app, asked) {
    return success(asked, presentUser(asked.principal.user));
  },
});
