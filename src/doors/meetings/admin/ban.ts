import { Type } from 'typebox';
import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentUser, UserModel } from '../user.ts';
import { OfUser } from './users.ts';

const REASON_MAX = 500;

/** 封禁用户 */
const ban = route({
  method: 'POST',
  url: '/api/v1/admin/users/:id/ban',
  access: 'admin-or-service',
  summary: '封禁用户: tokens are void and sockets, calls and media end at once; not the last administrator',
  params: OfUser,
  body: Type.Optional(
    Type.Object({
      reason: Type.Optional(Type.String({ maxLength: REASON_MAX, description: 'For the audit log.' })),
    }),
  ),
  response: Success(UserModel),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const user = await app.administration.ban(asked, asked.params.id, asked.body?.reason);
    return success(asked, presentUser(user));
  },
});

/** 解封用户 */
const unban = route({
  method: 'POST',
  url: '/api/v1/admin/users/:id/unban',
  access: 'admin-or-service',
  summary: '解封用户: they may sign in again; tokens of before stay void',
  params: OfUser,
  response: Success(UserModel),
  errors: ['not_found'],
  async handler(app, asked) {
    return success(asked, presentUser(await app.administration.unban(asked, asked.params.id)));
  },
});

export const banRoutes = [ban, unban];
