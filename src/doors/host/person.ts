import { Type } from 'typebox';
import { UID_PATTERN } from '../../core/ids.ts';
import type { User } from '../../core/users/index.ts';
import { OrNull, Time, time } from './envelope.ts';

export const Uid = Type.String({ pattern: UID_PATTERN, minLength: 1, maxLength: 64, examples: ['alice'] });

/** Somebody as other people see them. */
export const Person = Type.Object({
  id: Type.Integer(),
  uid: Type.String(),
  username: OrNull(Type.String()),
  display_name: Type.String(),
  avatar_url: OrNull(Type.String()),
});

export const presentPerson = (user: User) => ({
  id: user.id,
  uid: user.uid,
  username: user.username,
  display_name: user.displayName,
  avatar_url: user.avatarUrl,
});

/** Somebody as the host application put them. */
export const HostUser = Type.Object({ ...Person.properties, created_at: Time });
export const presentHostUser = (user: User) => ({ ...presentPerson(user), created_at: time(user.createdAt) });

/** Somebody with what the host application may see of them beside. */
export const HostUserDetail = Type.Object({
  ...HostUser.properties,
  email: OrNull(Type.String()),
  role: Type.Unsafe<User['role']>({ type: 'string', enum: ['user', 'admin'] }),
  status: Type.Unsafe<User['status']>({ type: 'string', enum: ['active', 'banned', 'deleted'] }),
});

export const presentHostUserDetail = (user: User) => ({
  ...presentHostUser(user),
  email: user.email,
  role: user.role,
  status: user.status,
});
