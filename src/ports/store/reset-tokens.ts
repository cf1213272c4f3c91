/** A way to a new password, good once and for a while. Only its hash is kept. */
export interface ResetToken {
  /** SHA-256 of the token, hex. */
  hash: string;
  userId: number;
  expiresAt: number;
}

export interface ResetTokenQueries {
  get(hash: string): Promise<ResetToken | undefined>;
}

export interface ResetTokenWrites {
  save(token: ResetToken): Promise<void>;
  /** Takes it away and answers it; undefined when there is none, or somebody was quicker. */
  take(hash: string): Promise<ResetToken | undefined>;
  forgetOf(userId: number): Promise<void>;
  /** Everybody's that ran out before then. */
  forgetExpired(before: number): Promise<void>;
}
