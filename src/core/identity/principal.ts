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
  /** The API key that signed the token. */
  key: string;
  identity: string;
  /** LiveKit's `video` grant as it was signed. */
  grants: Readonly<Record<string, unknown>>;
  /** Its `sip` grant; empty if it has none. */
  sip: Readonly<Record<string, unknown>>;
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  /** What takes part, in LiveKit's words: `standard`, `agent`, ... */
  memberKind: string;
  /** Of the room, if joining makes it: LiveKit's `RoomConfiguration` as JSON. */
  roomConfig: Readonly<Record<string, unknown>> | undefined;
  /** Milliseconds; 0 if the token does not say. */
  issuedAt: number;
  jti: string;
  expiresAt: number;
}
