import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import type { Passwords } from '../../ports/tokens.ts';
import { unauthenticated } from '../errors.ts';
import type { Identity } from '../identity/identity.ts';
import { active } from '../identity/identity.ts';
import { newId } from '../ids.ts';
import { checkPassword, cleanEmail, cleanName, cleanUrl, cleanUsername } from './names.ts';
import { sayTaken } from './taken.ts';
import type { User } from './user.ts';

/** How long somebody stays signed in without coming back; every refresh begins it anew. */
const REFRESH_TTL_MS = 30 * 86_400_000;
/** Held for ever by the first account: the primary key of the lease decides when two come at once. */
const FIRST_ACCOUNT = 'first-account';
const FOR_EVER_MS = 1000 * 365 * 86_400_000;

export interface AccountsDeps {
  store: Store;
  clock: Clock;
  passwords: Passwords;
  identity: Identity;
}

export interface Registration {
  username: string;
  email?: string | undefined;
  password: string;
  nickname?: string | undefined;
}

/** `undefined` leaves a value as it is; `null` takes it away. */
export interface ProfilePatch {
  nickname?: string | undefined;
  email?: string | undefined;
  avatarUrl?: string | null | undefined;
}

/** What a sign-in gives. */
export interface Session {
  user: User;
  token: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
}

/** People with a password of their own (contract E). */
export class Accounts {
  readonly #deps: AccountsDeps;

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
  }

  /** Throws `conflict` with `user.username_taken` or `user.email_taken`. The first account is the administrator. */
  async register(input: Registration): Promise<User> {
    const username = cleanUsername(input.username);
    const email = input.email === undefined ? null : cleanEmail(input.email);
    const displayName = cleanName(input.nickname ?? username, 'nickname');
    const passwordHash = await this.#deps.passwords.hash(checkPassword(input.password));
    const now = this.#deps.clock.now();
    const fresh = {
      uid: username,
      username,
      email,
      displayName,
      avatarUrl: null,
      role: 'user' as const,
      status: 'active' as const,
      tokenVersion: 1,
      createdAt: now,
      updatedAt: now,
      passwordHash,
    };
    return sayTaken(
      this.#deps.store.transaction(async (tx) => {
        const user = await tx.users.insert(fresh);
        const first = await tx.leases.take(FIRST_ACCOUNT, user.uid, now, FOR_EVER_MS);
        return first ? tx.users.update(user.id, { role: 'admin' }) : user;
      }),
      // The uid is the username: who registers knows the one name only.
      { uid: 'user.username_taken' },
    );
  }

  /**
   * Signs in by username or e-mail address. A name nobody has, a wrong password and somebody without
   * one are the same answer after the same work (`auth.wrong_password`).
   */
  async login(name: string, password: string): Promise<Session> {
    const { users } = this.#deps.store.read;
    const user = name.includes('@')
      ? await users.byEmail(name.trim().toLowerCase())
      : await users.byUsername(name);
    const hash = await users.passwordHash(user?.id ?? 0);
    const right =
      hash === undefined
        ? await this.#deps.passwords.pretend(password)
        : await this.#deps.passwords.verify(password, hash);
    if (!user || right !== true) throw unauthenticated('auth.wrong_password');
    active(user);
    const refreshToken = newSecret();
    await this.#deps.store.transaction(async (tx) => {
      await tx.users.forgetExpired(user.id, this.#deps.clock.now());
      await this.#remember(tx, user, refreshToken, newId('family'));
    });
    return this.#session(user, refreshToken);
  }

  /**
   * A new pair for a refresh token, which is spent by it. A spent one coming again means that two
   * hold it, one of them a thief: everything grown from that login is revoked.
   */
  async refresh(token: string): Promise<Session> {
    const next = newSecret();
    const outcome = await this.#deps.store.transaction((tx) => this.#rotate(tx, token, next));
    if (typeof outcome === 'string') throw unauthenticated(outcome);
    return this.#session(active(outcome), next);
  }

  async #rotate(
    tx: Transaction,
    token: string,
    next: string,
  ): Promise<User | 'auth.invalid' | 'auth.expired'> {
    const now = this.#deps.clock.now();
    const hash = hashOf(token);
    const known = await tx.users.refresh(hash);
    if (!known) return 'auth.invalid';
    if (known.spentAt !== null || !(await tx.users.spendRefresh(hash, now))) {
      // The answer is a refusal, yet the revocation must be committed: so it is returned, not thrown.
      await tx.users.revokeFamily(known.family);
      // A refresh that was under way has held the first up and added its token since: this one sees it.
      await tx.users.revokeFamily(known.family);
      return 'auth.invalid';
    }
    if (known.expiresAt <= now) return 'auth.expired';
    const user = await tx.users.byId(known.userId);
    if (!user || user.status === 'deleted') return 'auth.invalid';
    if (user.status === 'active') {
      // Somebody may stay signed in for years: what is spent must not pile up.
      await tx.users.forgetExpired(user.id, now);
      await this.#remember(tx, user, next, known.family);
    }
    return user;
  }

  async updateProfile(userId: number, patch: ProfilePatch): Promise<User> {
    const changes = {
      ...(patch.nickname === undefined ? {} : { displayName: cleanName(patch.nickname, 'nickname') }),
      ...(patch.email === undefined ? {} : { email: cleanEmail(patch.email) }),
      ...(patch.avatarUrl === undefined
        ? {}
        : { avatarUrl: patch.avatarUrl === null ? null : cleanUrl(patch.avatarUrl) }),
      updatedAt: this.#deps.clock.now(),
    };
    return sayTaken(this.#deps.store.transaction((tx) => tx.users.update(userId, changes)));
  }

  async #remember(tx: Transaction, user: User, token: string, family: string): Promise<void> {
    await tx.users.saveRefresh({
      hash: hashOf(token),
      userId: user.id,
      family,
      spentAt: null,
      expiresAt: this.#deps.clock.now() + REFRESH_TTL_MS,
    });
  }

  async #session(user: User, refreshToken: string): Promise<Session> {
    const { token, expiresIn } = await this.#deps.identity.issue(user);
    return { user, token, refreshToken, expiresIn };
  }
}

const newSecret = () => randomBytes(32).toString('base64url');
/** Only the hash is stored: who reads the database cannot sign in with it. */
const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
