import { createHmac, timingSafeEqual } from 'node:crypto';
import { unauthenticated } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Claims, TokenCodec } from '../../ports/tokens.ts';

const HEADER = base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' }));

/**
 * JSON Web Tokens (RFC 7519) with HS256. The algorithm is fixed on both sides, so a token cannot
 * choose its own. By hand, because every join and every request waits for one: WebCrypto, which
 * JWT libraries use, takes a thread's turn and ten times as long.
 */
export class Hs256Tokens implements TokenCodec {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async sign(claims: Claims, secret: string): Promise<string> {
    const signed = `${HEADER}.${base64url(JSON.stringify(claims))}`;
    return `${signed}.${signature(signed, secret)}`;
  }

  unverified(token: string): Claims | undefined {
    const [, payload, , more] = token.split('.');
    const said = more === undefined ? objectIn(payload) : undefined;
    return said && claimsOf(said);
  }

  async verify(token: string, secret: string, leewayS = 0): Promise<Claims> {
    const [header = '', payload = '', given = '', more] = token.split('.');
    const { alg, crit } = objectIn(header) ?? {};
    // What a token calls critical has to be understood, and nothing here is.
    const ours = alg === 'HS256' && crit === undefined && more === undefined;
    if (!ours || !same(given, signature(`${header}.${payload}`, secret))) throw invalid();
    const said = objectIn(payload);
    if (!said) throw invalid();

    const now = Math.floor(this.#clock.now() / 1000);
    const { exp, nbf, iat } = said;
    if (![exp, nbf, iat].every(isTime)) throw invalid();
    if (nbf !== undefined && (nbf as number) > now + leewayS) throw invalid();
    if (exp !== undefined && (exp as number) <= now - leewayS) throw unauthenticated('auth.expired');
    return claimsOf(said);
  }
}

const invalid = () => unauthenticated('auth.invalid');

const isTime = (value: unknown) => value === undefined || typeof value === 'number';

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

const signature = (signed: string, secret: string) =>
  createHmac('sha256', secret).update(signed).digest('base64url');

/** Compares the texts, so that a signature can be written in one way only. */
function same(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The JSON object in one part of a token; undefined for anything else. */
function objectIn(part: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return isRecord(value) ? value : undefined;
  } catch {
    // Whatever is no JSON says nothing; the caller refuses it.
    return undefined;
  }
}

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
