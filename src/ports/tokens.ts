/** Claims of a token, checked for signature and time but not yet for who it is. */
export interface Claims {
  iss?: string;
  sub?: string;
  jti?: string;
  /** Seconds, as JWT counts. */
  iat?: number;
  exp?: number;
  scope?: string;
  /** Token version of the user at issue. */
  ver?: number;
  /** LiveKit's grants. */
  video?: Readonly<Record<string, unknown>>;
  name?: string;
}

/** HS256 and nothing else; `alg: none` and any other algorithm are refused. */
export interface TokenCodec {
  sign(claims: Claims, secret: string): Promise<string>;
  /** The `iss` a token claims before it is trusted, to find the secret; undefined if it is no JWT. */
  issuer(token: string): string | undefined;
  /** Throws `unauthenticated` with key `auth.expired` or `auth.invalid`. */
  verify(token: string, secret: string): Promise<Claims>;
}

/** Argon2id with its parameters and salt in the text, so that they can be raised later. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
  /** Takes as long as a verification: for names that do not exist. */
  pretend(password: string): Promise<void>;
}
