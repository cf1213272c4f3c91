import type { User } from '../../core/users/user.ts';
import type { RefreshTokenWrites } from './refresh-tokens.ts';
import type { UserFilter, UserPage } from './user-filter.ts';

export interface UserQueries {
  byId(id: number): Promise<User | undefined>;
  byUid(uid: string): Promise<User | undefined>;
  byUsername(username: string): Promise<User | undefined>;
  byEmail(email: string): Promise<User | undefined>;
  /** Many at once, in any order; unknown ones are absent. */
  byIds(ids: readonly number[]): Promise<User[]>;
  byUids(uids: readonly string[]): Promise<User[]>;
  /** Active people, no guests, whose uid, username or display name begins with the text, case-insensitive. */
  search(prefix: string, limit: number): Promise<User[]>;
  /** Everybody but guests in order of id, after the cursor (0 begins). */
  list(after: number, limit: number): Promise<User[]>;
  page(filter: UserFilter, page: UserPage): Promise<User[]>;
  countOf(filter: UserFilter): Promise<number>;
  count(): Promise<number>;
  /** Guests to be looked at by now, the longest due first. */
  guestsDue(now: number, limit: number): Promise<User[]>;
  /** `argon2id$...` or undefined for people without a password. */
  passwordHash(id: number): Promise<string | undefined>;
}

/** What is kept of somebody that nobody is shown. */
interface Kept {
  passwordHash?: string;
  /** When to look at a guest again. */
  guestUntil?: number | null;
}

export type NewUser = Omit<User, 'id' | 'guestOf'> & Kept & { id?: number; guestOf?: number | null };

export interface UserWrites extends RefreshTokenWrites {
  /**
   * Inserts with the wanted id or the counter's next; the counter never hands out an id in use.
   * Throws `conflict` with details.field `id`, `uid`, `username` or `email` when it is taken.
   */
  insert(user: NewUser): Promise<User>;
  update(
    id: number,
    patch: Partial<Omit<User, 'id' | 'uid' | 'createdAt' | 'guestOf'>> & Kept,
  ): Promise<User>;
  /** Takes somebody out whom nothing names; their number is free again to who chooses numbers. */
  forget(id: number): Promise<void>;
  /** The same as `byId`, holding the user until the transaction ends where the database can. */
  lock(id: number): Promise<User | undefined>;
  /** The ids of the active administrators, who stay so until the transaction ends. */
  holdAdmins(): Promise<number[]>;
}
