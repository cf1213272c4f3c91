import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Claims, TokenCodec } from '../../ports/tokens.ts';

const ALGORITHM = 'HS256';

/** JSON Web Tokens by jose. The algorithm is fixed on both sides, so a token cannot choose its own. */
export class JoseTokens implements TokenCodec {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async sign(claims: Claims, secret: string): Promise<string> {
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(keyOf(secret));
  }

  issuer(token: string): string | undefined {
    try {
      const { iss } = decodeJwt(token);
      return typeof iss === 'string' ? iss : undefined;
    } catch {
      // Whatever is no JWT has no issuer; the caller refuses it.
      return undefined;
    }
  }

  async verify(token: string, secret: string): Promise<Claims> {
    try {
      const { payload } = await jwtVerify(token, keyOf(secret), {
        algorithms: [ALGORITHM],
        currentDate: new Date(this.#clock.now()),
      });
      return claimsOf(payload);
    } catch (error) {
      throw unauthenticated(error instanceof errors.JWTExpired ? 'auth.expired' : 'auth.invalid');
    }
  }
}

const keyOf = (secret: string) => new TextEncoder().encode(secret);

/** Only what Parley knows, and only of the right type: a claim of another type is as good as absent. */
function claimsOf(payload: Readonly<Record<string, unknown>>): Claims {
  const claims: Claims = {};
  for (const name of ['iss', 'sub', 'jti', 'scope', 'name'] as const) {
    const value = payload[name];
    if (typeof value === 'string') claims[name] = value;
  }
  for (const name of ['iat', 'exp', 'ver'] as const) {
    const value = payload[name];
    if (typeof value === 'number' && Number.isFinite(value)) claims[name] = value;
  }
  const { video } = payload;
  if (typeof video === 'object' && video !== null && !Array.isArray(video)) {
    claims.video = video as Readonly<Record<string, unknown>>;
  }
  return claims;
}
