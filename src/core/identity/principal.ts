import type { User } from '../users/user.ts';

/** Who asks, as the token says. Every door turns its token into one of these before anything else. */
export type Principal = UserPrincipal | ServicePrincipal | MediaPrincipal;

/** A person acting as themselves. */
export interface UserPrincipal {
  kind: 'user';
  user: User;
  /** The token's own name: a REST client's device when it names none. */
  jti: string;
  /** Milliseconds. */
  expiresAt: number;
}

/** A host application's backend: may act for anyone. */
export interface ServicePrincipal {
  kind: 'service';
  /** The API key that signed the token. */
  key: string;
  jti: string;
  expiresAt: number;
}

/** A token with a LiveKit `video` grant: opens the media doors and nothing else. */
export interface MediaPrincipal {
  kind: 'media';
  key: string;
  identity: string;
  grants: Readonly<Record<string, unknown>>;
  jti: string;
  expiresAt: number;
}
