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

  unverified(token: string): Claims | undefined {
    try {
      return claimsOf(decodeJwt(token));
    } catch {
      // Whatever is no JWT claims nothing; the caller refuses it.
      return undefined;
    }
  }

  async verify(token: string, secret: string, leewayS = 0): Promise<Claims> {
    try {
      const { payload } = await jwtVerify(token, keyOf(secret), {
        algorithms: [ALGORITHM],
        currentDate: new Date(this.#clock.now()),
        clockTolerance: leewayS,
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
  for (const name of ['iss', 'sub', 'jti', 'scope', 'name', 'metadata', 'kind', 'sha256'] as const) {
    const value = payload[name];
    if (typeof value === 'string') claims[name] = value;
  }
  for (const name of ['iat', 'nbf', 'exp', 'ver'] as const) {
    const value = payload[name];
    if (typeof value === 'number' && Number.isFinite(value)) claims[name] = value;
  }
  for (const name of ['video', 'sip', 'roomConfig'] as const) {
    const value = payload[name];
    if (isRecord(value)) claims[name] = value;
  }
  const { attributes } = payload;
  if (isRecord(attributes)) {
    claims.attributes = Object.fromEntries(Object.entries(attributes).filter(isText));
  }
  return claims;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
