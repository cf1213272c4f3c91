import { route } from '../../route.ts';
import { Success, success } from '../envelope.ts';
import { presentUser, UserModel } from '../user.ts';

/** 上传头像 */
export const uploadAvatar = route({
  method: 'POST',
  url: '/api/v1/users/upload-avatar',
  access: 'user',
  summary:
    '上传头像: PNG, JPEG or WebP of at most 5 MB; kept as a square WebP of at most 512 pixels with nothing else in it',
  upload: ['file', 'avatar'],
  response: Success(UserModel),
  errors: ['unavailable'],
  async handler(app, asked) {
    const { content } = await asked.file();
    const user = await app.avatars.upload(asked.principal.user, content, asked.origin);
    return success(asked, presentUser(user));
  },
});
