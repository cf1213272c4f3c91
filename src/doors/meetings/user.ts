import { Type } from 'typebox';
import type { User } from '../../core/users/index.ts';
import { EMAIL_MAX, NAME_MAX, PASSWORD_MAX, PASSWORD_MIN, URL_MAX } from '../../core/users/index.ts';
import { wholeSeconds } from '../time.ts';
import { OrNull, Time } from './envelope.ts';

export const Username = Type.String({ minLength: 1, maxLength: 64, examples: ['testuser'] });
export const Email = Type.String({ minLength: 3, maxLength: EMAIL_MAX, examples: ['test@example.com'] });
export const Nickname = Type.String({ minLength: 1, maxLength: NAME_MAX, examples: ['Test User'] });
export const AvatarUrl = Type.String({ minLength: 1, maxLength: URL_MAX, description: 'http or https' });
export const NewPassword = Type.String({
  minLength: PASSWORD_MIN,
  maxLength: PASSWORD_MAX,
  examples: ['password123'],
});

/** One that is to be checked, however long it is. */
export const GivenPassword = Type.String({ minLength: 1, maxLength: 1024, examples: ['password123'] });
export const Role = Type.Unsafe<User['role']>({ type: 'string', enum: ['user', 'admin'] });
export const UserStatus = Type.Unsafe<User['status']>({
  type: 'string',
  enum: ['active', 'banned', 'deleted'],
});

/** The contract's User; `uid` and `role` are Parley's additions. */
export const UserModel = Type.Object({
  user_id: Type.Integer(),
  uid: Type.String(),
  username: Type.String(),
  email: OrNull(Type.String()),
  nickname: Type.String(),
  avatar_url: OrNull(Type.String()),
  status: UserStatus,
  role: Role,
  created_at: Time,
  updated_at: Time,
});

export const presentUser = (user: User) => ({
  user_id: user.id,
  uid: user.uid,
  // People of a host application may have none; the contract's clients count on one.
  username: user.username ?? user.uid,
  email: user.email,
  nickname: user.displayName,
  avatar_url: user.avatarUrl,
  status: user.status,
  role: user.role,
  created_at: wholeSeconds(user.createdAt),
  updated_at: wholeSeconds(user.updatedAt),
});
