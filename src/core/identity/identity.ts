import { createHash } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Claims, TokenCodec } from '../../ports/tokens.ts';
import { forbidden, unauthenticated } from '../errors.ts';
import { isUid, newId } from '../ids.ts';
import type { User } from '../users/user.ts';
import { mediaPrincipal } from './media.ts';
import type { MediaPrincipal, Principal, UserPrincipal } from './principal.ts';
import { TokenCache } from './token-cache.ts';

/** Who signs Parley's own tokens; no API key may have this name. */
export const OWN_ISSUER = 'parley';
/** Contract E's `expires_in`. */
export const ACCESS_TTL_S = 86_400;
/**
 * A token that an API key signed for a user or a service may not be good for longer from now: what
 * leaks must end. LiveKit's tokens are bound by their own end alone, as LiveKit binds them: its
 * clients exist, and many hold one for a year.
 */
export const GREATEST_LIFETIME_S = 30 * 86_400;
/** How far clocks may differ for LiveKit's tokens, whose makers know nothing of ours. */
export const MEDIA_LEEWAY_S = 60;

const REMEMBERED_TOKENS = 20_000;

/** What somebody without an account may be let in for: their meeting, by its number, or what is their own. */
export type OpenToGuests = number | 'own';

export interface IdentityDeps {
  store: Store;
  codec: TokenCodec;
  clock: Clock;
  /** API keys and their secrets, those of the configuration and the generated one. */
  keys: ReadonlyMap<string, string>;
  /** Signs Parley's own tokens. */
  secret: string;
  people: FirstSight;
}

/** Provisions somebody a host application's token names; lives in `users/people.ts`. */
export interface FirstSight {
  meet(uid: string, name: string | undefined): Promise<User>;
}

/**
 * Turns tokens into principals (design, section 4). A signature is checked once per token; who the
 * person is now (status, token version) is looked at every time, so that a ban or a sign-out holds
 * from the next request on.
 */
export class Identity {
  readonly #deps: IdentityDeps;
  readonly #verified = new TokenCache(REMEMBERED_TOKENS);

  constructor(deps: IdentityDeps) {
    this.#deps = deps;
  }

  /**
   * Throws `unauthenticated` (`auth.required`, `auth.invalid`, `auth.expired`) or `forbidden`
   * (`auth.banned`; `auth.guest` for guests of meetings, but where what is asked is open to them).
   */
  async authenticate(token: string | undefined, open?: OpenToGuests): Promise<Principal> {
    const principal = await this.#principalOf(token);
    if (principal.kind === 'user') await this.#mayVisit(principal.user, open);
    return principal;
  }

  /** A guest comes to their own meeting, its breakout rooms, and to nothing else. */
  async #mayVisit({ guestOf }: User, open: OpenToGuests | undefined): Promise<void> {
    if (guestOf === null || open === 'own' || open === guestOf) return;
    const head = open === undefined ? undefined : await this.#deps.store.read.meetings.head(open);
    if (head?.parentId !== guestOf) throw forbidden('auth.guest');
  }

  async #principalOf(token: string | undefined): Promise<Principal> {
    if (!token) throw unauthenticated('auth.required');
    const claims = await this.#verify(token);
    const expiresAt = (claims.exp ?? 0) * 1000;
    const jti = nameOf(claims, token);
    if (claims.iss === OWN_ISSUER) return this.#own(claims, jti, expiresAt);
    const key = claims.iss ?? '';
    if (isMedia(claims)) return mediaPrincipal(claims, jti);
    if (claims.scope === 'service') return { kind: 'service', key, jti, expiresAt };
    return this.#hosted(claims, jti, expiresAt);
  }

  /**
   * Who comes to a media door. Throws as `authenticate` does, and `forbidden` for every other kind
   * of token, without a look at whom it names: nobody is provisioned by it.
   */
  async media(token: string | undefined): Promise<MediaPrincipal> {
    if (!token) throw unauthenticated('auth.required');
    const claims = await this.#verify(token);
    if (!isMedia(claims)) throw forbidden('auth.forbidden');
    return mediaPrincipal(claims, nameOf(claims, token));
  }

  /** A LiveKit token signed with an API key that is known here. */
  async signMedia(key: string, claims: Claims): Promise<string> {
    const secret = this.#deps.keys.get(key);
    if (secret === undefined) throw unauthenticated('auth.invalid');
    return this.#deps.codec.sign({ ...claims, iss: key }, secret);
  }

  /** A token of Parley's own for somebody; `jti` names it. */
  async issue(
    user: User,
    ttlS: number = ACCESS_TTL_S,
  ): Promise<{ token: string; expiresIn: number; jti: string }> {
    const { codec, clock, secret } = this.#deps;
    const now = clock.now();
    const iat = Math.floor(now / 1000);
    const jti = newId('tok', now);
    const claims: Claims = {
      iss: OWN_ISSUER,
      sub: user.uid,
      ver: user.tokenVersion,
      jti,
      iat,
      exp: iat + ttlS,
    };
    return { token: await codec.sign(claims, secret), expiresIn: ttlS, jti };
  }

  async #verify(token: string): Promise<Claims> {
    const nowS = this.#deps.clock.now() / 1000;
    const known = this.#verified.get(token);
    if (known) {
      if ((known.exp ?? 0) + leewayFor(known) > nowS) return known;
      this.#verified.delete(token);
      throw unauthenticated('auth.expired');
    }
    const unverified = this.#deps.codec.unverified(token);
    const secret = this.#secretOf(unverified?.iss);
    if (unverified === undefined || secret === undefined) throw unauthenticated('auth.invalid');
    const claims = await this.#deps.codec.verify(token, secret, leewayFor(unverified));
    if (claims.exp === undefined) throw unauthenticated('auth.invalid');
    if (!isMedia(claims) && claims.exp > nowS + GREATEST_LIFETIME_S) throw unauthenticated('auth.invalid');
    this.#verified.set(token, claims);
    return claims;
  }

  #secretOf(issuer: string | undefined): string | undefined {
    if (issuer === undefined) return undefined;
    return issuer === OWN_ISSUER ? this.#deps.secret : this.#deps.keys.get(issuer);
  }

  async #own(claims: Claims, jti: string, expiresAt: number): Promise<UserPrincipal> {
    const user = await this.#deps.store.read.users.byUid(claims.sub ?? '');
    if (!user || claims.ver !== user.tokenVersion) throw unauthenticated('auth.invalid');
    return { kind: 'user', user: active(user), jti, expiresAt };
  }

  /** A host application's token for one of its own people. It may carry `ver`, and is then held to it. */
  async #hosted(claims: Claims, jti: string, expiresAt: number): Promise<UserPrincipal> {
    const uid = claims.sub ?? '';
    if (!isUid(uid)) throw unauthenticated('auth.invalid');
    const known = await this.#deps.store.read.users.byUid(uid);
    const user = known ?? (await this.#deps.people.meet(uid, claims.name));
    if (claims.ver !== undefined && claims.ver !== user.tokenVersion) throw unauthenticated('auth.invalid');
    return { kind: 'user', user: active(user), jti, expiresAt };
  }
}

/** One that has no name of its own gets one that stays the same. */
const nameOf = (claims: Claims, token: string): string =>
  claims.jti ?? createHash('sha256').update(token).digest('base64url').slice(0, 22);

const isMedia = (claims: Claims): boolean => claims.iss !== OWN_ISSUER && claims.video !== undefined;

const leewayFor = (claims: Claims): number => (isMedia(claims) ? MEDIA_LEEWAY_S : 0);

/** The person, unless they may not come in. */
export function active(user: User): User {
  if (user.status === 'banned') throw forbidden('auth.banned');
  if (user.status === 'deleted') throw unauthenticated('auth.invalid');
  return user;
}
