import type { Route } from '../../route.ts';
import { changePassword } from './change-password.ts';
import { deleteAccount } from './delete-account.ts';
import { getProfile } from './get-profile.ts';
import { putProfile } from './put-profile.ts';
import { uploadAvatar } from './upload-avatar.ts';

/** 用户服务 */
export const userRoutes: readonly Route[] = [
  getProfile,
  putProfile,
  changePassword,
  uploadAvatar,
  deleteAccount,
];

export { addAvatarFiles } from './avatar-file.ts';
