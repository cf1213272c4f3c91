import { Type } from 'typebox';
import { route } from '../../route.ts';
import { say } from '../../words.ts';
import { OrNull, Success, success } from '../envelope.ts';
import { AvatarUrl, Email, Nickname, presentUser, UserModel } from '../user.ts';

/** 更新用户资料 */
export const putProfile = route({
  method: 'PUT',
  url: '/api/v1/users/profile',
  access: 'user',
  summary: '更新用户资料: change what is named, leave the rest; a mailbox that is left is told',
  body: Type.Object({
    nickname: Type.Optional(Nickname),
    email: Type.Optional(Email),
    avatar_url: Type.Optional(OrNull(AvatarUrl)),
  }),
  response: Success(UserModel),
  errors: ['conflict'],
  async handler(app, asked) {
    const { nickname, email, avatar_url: avatarUrl } = asked.body;
    const user = await app.accounts.updateProfile(
      asked.principal.user.id,
      { nickname, email, avatarUrl },
      (account) => ({
        subject: say('mail.moved_subject', asked.locale),
        text: say('mail.moved_text', asked.locale, account),
      }),
    );
    return success(asked, presentUser(user));
  },
});
