import type { User } from '../../core/users/user.ts';
import type { UserTable } from './schema.ts';

/** Everything but the password's hash, which nothing but signing in reads. */
export const USER_COLUMNS = [
  'id',
  'uid',
  'username',
  'email',
  'display_name',
  'avatar_url',
  'role',
  'status',
  'token_version',
  'created_at',
  'updated_at',
  'guest_of',
] as const;
export type UserRow = Pick<UserTable, (typeof USER_COLUMNS)[number]>;

export const toUser = (row: UserRow): User => ({
  id: row.id,
  uid: row.uid,
  username: row.username,
  email: row.email,
  displayName: row.display_name,
  avatarUrl: row.avatar_url,
  role: row.role as User['role'],
  status: row.status as User['status'],
  tokenVersion: row.token_version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  guestOf: row.guest_of,
});

const KEY_LENGTH = 64;

/** How a name is compared in search: lower case, cut to what the index holds. */
export const keyOf = (name: string): string => [...name.toLowerCase()].slice(0, KEY_LENGTH).join('');
