import type { User } from '../../core/users/user.ts';

/** What an administrator's list is narrowed by. */
export interface UserFilter {
  /** A part of uid, username, display name or address, case-insensitive. */
  search?: string | undefined;
  /** Without one: everybody but the deleted. */
  status?: User['status'] | undefined;
  role?: User['role'] | undefined;
  /** Guests of meetings alone; without it none of them. */
  guests?: boolean | undefined;
}

export type UserKey = 'id' | 'createdAt' | 'updatedAt' | 'username' | 'email' | 'displayName';

export interface UserPage {
  by: UserKey;
  descending: boolean;
  limit: number;
  offset: number;
}
