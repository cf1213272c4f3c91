import type { User } from '../../core/users/user.ts';

/** A secret kept beside a user, apart from it so that it is never presented by mistake. */
export interface RefreshToken {
  /** SHA-256 of the token, hex. */
  hash: string;
  userId: number;
  /** Every token grown from one login; reuse of a spent one revokes the whole family. */
  family: string;
  spentAt: number | null;
  expiresAt: number;
}

export interface UserQueries {
  byId(id: number): Promise<User | undefined>;
  byUid(uid: string): Promise<User | undefined>;
  byUsername(username: string): Promise<User | undefined>;
  byEmail(email: string): Promise<User | undefined>;
  /** Many at once, in any order; unknown ones are absent. */
  byIds(ids: readonly number[]): Promise<User[]>;
  byUids(uids: readonly string[]): Promise<User[]>;
  /** Active people whose uid, username or display name begins with the text, case-insensitive. */
  search(prefix: string, limit: number): Promise<User[]>;
  /** In order of id, after the cursor (0 begins). */
  list(after: number, limit: number): Promise<User[]>;
  count(): Promise<number>;
  /** `argon2id$...` or undefined for people without a password. */
  passwordHash(id: number): Promise<string | undefined>;
}

export interface UserWrites {
  /**
   * Inserts with the wanted id or the counter's next; the counter never hands out an id in use.
   * Throws `conflict` with details.field `id`, `uid`, `username` or `email` when it is taken.
   */
  insert(user: Omit<User, 'id'> & { id?: number; passwordHash?: string }): Promise<User>;
  update(
    id: number,
    patch: Partial<Omit<User, 'id' | 'uid' | 'createdAt'>> & { passwordHash?: string },
  ): Promise<User>;
  saveRefresh(token: RefreshToken): Promise<void>;
  refresh(hash: string): Promise<RefreshToken | undefined>;
  /** False when somebody spent it before: the compare-and-set that detects reuse. */
  spendRefresh(hash: string, now: number): Promise<boolean>;
  revokeFamily(family: string): Promise<void>;
  revokeAllOf(userId: number): Promise<void>;
  /** Drops somebody's refresh tokens that have run out: reuse of those needs no detecting. */
  forgetExpired(userId: number, now: number): Promise<void>;
}
