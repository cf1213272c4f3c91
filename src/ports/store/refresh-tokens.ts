/** A secret kept beside a user, apart from it so that it is never presented by mistake. */
export interface RefreshToken {
  /** SHA-256 of the token, hex. */
  hash: string;
  userId: number;
  /** Every token grown from one login; reuse of a spent one revokes the whole family. */
  family: string;
  /** The user's when it was given: one that a ban or a sign-out everywhere has overtaken is void. */
  tokenVersion: number;
  spentAt: number | null;
  expiresAt: number;
}

export interface RefreshTokenWrites {
  saveRefresh(token: RefreshToken): Promise<void>;
  refresh(hash: string): Promise<RefreshToken | undefined>;
  /** False when somebody spent it before: the compare-and-set that detects reuse. */
  spendRefresh(hash: string, now: number): Promise<boolean>;
  revokeFamily(family: string): Promise<void>;
  revokeAllOf(userId: number): Promise<void>;
  /** Drops somebody's refresh tokens that have run out: reuse of those needs no detecting. */
  forgetExpired(userId: number, now: number): Promise<void>;
}
