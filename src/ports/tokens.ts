/** Claims of a token, checked for signature and time but not yet for who it is. */
export interface Claims {
  iss?: string;
  sub?: string;
  jti?: string;
  /** Seconds, as JWT counts. */
  iat?: number;
  nbf?: number;
  exp?: number;
  scope?: string;
  /** Token version of the user at issue. */
  ver?: number;
  name?: string;
  /** LiveKit's grants; whoever has the first one is a client of the media doors. */
  video?: Readonly<Record<string, unknown>>;
  sip?: Readonly<Record<string, unknown>>;
  /** What LiveKit's tokens say of the participant and of the room that it may bring about. */
  metadata?: string;
  attributes?: Readonly<Record<string, string>>;
  kind?: string;
  roomConfig?: Readonly<Record<string, unknown>>;
  /** Of a body that the token vouches for. */
  sha256?: string;
}

/** HS256 and nothing else; `alg: none` and any other algorithm are refused. */
export interface TokenCodec {
  sign(claims: Claims, secret: string): Promise<string>;
  /** What a token claims before it is trusted, to find the secret; undefined if it is no JWT. */
  unverified(token: string): Claims | undefined;
  /**
   * Throws `unauthenticated` with key `auth.expired` or `auth.invalid`. The leeway is for clocks
   * that differ from ours.
   */
  verify(token: string, secret: string, leewayS?: number): Promise<Claims>;
}

/** Argon2id with its parameters and salt in the text, so that they can be raised later. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
  /** Takes as long as a verification: for names that do not exist. */
  pretend(password: string): Promise<void>;
}
