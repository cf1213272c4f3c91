import type { Clock } from '../../ports/clock.ts';
import type { Transaction } from '../../ports/store.ts';
import type { Identity } from '../identity/identity.ts';
import { newId } from '../ids.ts';
import { hashOf, newSecret } from './secret.ts';
import type { User } from './user.ts';

/** How long somebody stays signed in without coming back; every refresh begins it anew. */
const REFRESH_TTL_MS = 30 * 86_400_000;

/** What a sign-in gives. */
export interface Session {
  user: User;
  token: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
}

/** A person's pairs of tokens. */
export class Sessions {
  readonly #identity: Identity;
  readonly #clock: Clock;

  constructor({ identity, clock }: { identity: Identity; clock: Clock }) {
    this.#identity = identity;
    this.#clock = clock;
  }

  /** Remembers a new refresh token of somebody, in a family or as the first of one. Answers it. */
  async remember(tx: Transaction, user: User, family = newId('family')): Promise<string> {
    const now = this.#clock.now();
    const token = newSecret();
    // Somebody may stay signed in for years: what is spent must not pile up.
    await tx.users.forgetExpired(user.id, now);
    await tx.users.saveRefresh({
      hash: hashOf(token),
      userId: user.id,
      family,
      tokenVersion: user.tokenVersion,
      spentAt: null,
      expiresAt: now + REFRESH_TTL_MS,
    });
    return token;
  }

  /** The pair, once its refresh token is committed. */
  async pair(user: User, refreshToken: string): Promise<Session> {
    const { token, expiresIn } = await this.#identity.issue(user);
    return { user, token, refreshToken, expiresIn };
  }
}
