import { Type } from 'typebox';
import { route } from '../../route.ts';
import { WholeNumber } from '../../whole-number.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { Listed, listed, Paging, pageOf } from '../page.ts';
import { AvatarUrl, Email, Nickname, presentUser, Role, UserModel, Username, UserStatus } from '../user.ts';
import { ORDER, Sort } from './sort.ts';

const PATH = '/api/v1/admin/users';
export const OfUser = Type.Object({
  id: WholeNumber({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Their `user_id`' }),
});

/** 获取用户列表 */
const list = route({
  method: 'GET',
  url: PATH,
  access: 'admin-or-service',
  summary: '获取用户列表: everybody but the deleted, unless they are asked for; the newest first',
  query: Type.Object({
    ...Paging,
    search: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'A part of username, uid, nickname or e-mail address, case-insensitive',
      }),
    ),
    status: Type.Optional(UserStatus),
    role: Type.Optional(Role),
    guests: Type.Optional(
      Type.Union([Type.Literal('true'), Type.Literal('false')], {
        description: 'Only guests of meetings, who are not listed otherwise.',
      }),
    ),
    ...Sort,
  }),
  response: Success(Listed('users', UserModel)),
  async handler(app, asked) {
    const { query } = asked;
    const { search, status, role, guests, sort = 'created_at', order = 'desc' } = query;
    const page = { by: ORDER[sort], descending: order === 'desc', ...pageOf(query) };
    const filter = { search: search?.trim(), status, role, guests: guests === 'true' };
    const { users, total } = await app.administration.list(filter, page);
    return success(asked, listed('users', users.map(presentUser), total, query));
  },
});

/** 获取指定用户 */
const get = route({
  method: 'GET',
  url: `${PATH}/:id`,
  access: 'admin-or-service',
  summary: '获取指定用户: deleted people too',
  params: OfUser,
  response: Success(UserModel),
  errors: ['not_found'],
  async handler(app, asked) {
    return success(asked, presentUser(await app.administration.get(asked.params.id)));
  },
});

/** 更新用户 */
const update = route({
  method: 'PUT',
  url: `${PATH}/:id`,
  access: 'admin-or-service',
  summary: '更新用户: change what is named, leave the rest; the last administrator stays one',
  params: OfUser,
  body: Type.Object({
    username: Type.Optional(Username),
    email: Type.Optional(OrNull(Email)),
    nickname: Type.Optional(Nickname),
    avatar_url: Type.Optional(OrNull(AvatarUrl)),
    role: Type.Optional(Role),
  }),
  response: Success(UserModel),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    const { avatar_url: avatarUrl, ...change } = asked.body;
    const user = await app.administration.update(asked, asked.params.id, { ...change, avatarUrl });
    return success(asked, presentUser(user));
  },
});

/** 删除用户 */
const remove = route({
  method: 'DELETE',
  url: `${PATH}/:id`,
  access: 'admin-or-service',
  summary: '删除用户: personal data goes, histories stay; not the last administrator',
  params: OfUser,
  response: Success(Type.Null()),
  errors: ['not_found', 'conflict'],
  async handler(app, asked) {
    await app.administration.remove(asked, asked.params.id);
    return success(asked, null);
  },
});

export const adminUserRoutes = [list, get, update, remove];
