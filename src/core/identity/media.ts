import type { Claims } from '../../ports/tokens.ts';
import type { MediaPrincipal } from './principal.ts';

/** The client of a media door, as its token says. Old tokens of LiveKit name the identity in `jti`. */
export function mediaPrincipal(claims: Claims, jti: string): MediaPrincipal {
  return {
    kind: 'media',
    key: claims.iss ?? '',
    identity: claims.sub || claims.jti || '',
    grants: claims.video ?? {},
    sip: claims.sip ?? {},
    name: claims.name ?? '',
    metadata: claims.metadata ?? '',
    attributes: claims.attributes ?? {},
    memberKind: claims.kind ?? 'standard',
    roomConfig: claims.roomConfig,
    issuedAt: Math.round((claims.iat ?? claims.nbf ?? 0) * 1000),
    jti,
    expiresAt: (claims.exp ?? 0) * 1000,
  };
}
