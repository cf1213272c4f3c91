import { createHmac } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { TokenCodec } from '../../ports/tokens.ts';
import { unauthenticated } from '../errors.ts';
import type { User } from '../users/user.ts';
import { active } from './identity.ts';
import type { UserPrincipal } from './principal.ts';

/** Long enough to open a socket with, and to open it once more; addresses end up in logs. */
export const TICKET_TTL_S = 300;
const ISSUER = 'parley-ticket';

export interface TicketDeps {
  store: Pick<Store, 'read'>;
  codec: TokenCodec;
  clock: Clock;
  /** The one that signs Parley's own tokens. */
  secret: string;
}

/**
 * Tickets that open one socket address for one person about one subject (`meeting:17`), and nothing
 * else: they are signed with a key of their own, so that no door takes one for a token.
 */
export class Tickets {
  readonly #deps: TicketDeps;
  readonly #secret: string;

  constructor(deps: TicketDeps) {
    this.#deps = deps;
    this.#secret = createHmac('sha256', deps.secret).update(ISSUER).digest('base64url');
  }

  /** `jti`: the token it is asked with. */
  issue(user: Pick<User, 'uid' | 'tokenVersion'>, subject: string, jti: string): Promise<string> {
    const iat = Math.floor(this.#deps.clock.now() / 1000);
    const claims = { iss: ISSUER, sub: user.uid, ver: user.tokenVersion, scope: subject };
    return this.#deps.codec.sign({ ...claims, jti, iat, exp: iat + TICKET_TTL_S }, this.#secret);
  }

  /** Whose ticket it is. Throws `unauthenticated`, for one about something else too, and `forbidden` (`auth.banned`). */
  async check(ticket: string, subject: string): Promise<UserPrincipal> {
    const { codec, store } = this.#deps;
    const claims = await codec.verify(ticket, this.#secret);
    if (claims.iss !== ISSUER || claims.scope !== subject) throw unauthenticated('auth.invalid');
    const user = await store.read.users.byUid(claims.sub ?? '');
    if (!user || claims.ver !== user.tokenVersion) throw unauthenticated('auth.invalid');
    return { kind: 'user', user: active(user), jti: claims.jti ?? '', expiresAt: (claims.exp ?? 0) * 1000 };
  }
}
