import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import type { Passwords } from '../../ports/tokens.ts';
import { unauthenticated } from '../errors.ts';
import { active } from '../identity/identity.ts';
import { checkPassword } from './names.ts';
import type { PasswordCheck } from './password-check.ts';
import type { People } from './people.ts';
import { hashOf } from './secret.ts';
import type { Session, Sessions } from './sessions.ts';
import type { User } from './user.ts';

export interface CredentialsDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  passwords: Passwords;
  check: PasswordCheck;
  sessions: Sessions;
  people: Pick<People, 'remove'>;
}

/** A person who is signed in, and from where they ask. */
export interface Signed {
  user: User;
  /** The device they ask with and its token: their sockets stay open. */
  devices: readonly string[];
  address: string;
}

/** What somebody does with their own password. */
export class Credentials {
  readonly #deps: CredentialsDeps;

  constructor(deps: CredentialsDeps) {
    this.#deps = deps;
  }

  /**
   * Another password: every session of before ends, tokens and sockets, but the asker's goes on with
   * the pair this answers. Throws `auth.wrong_password`, `invalid`, `limit`.
   */
  async change({ user, devices, address }: Signed, old: string, password: string): Promise<Session> {
    const { store, bus, check, passwords, sessions } = this.#deps;
    checkPassword(password, 'new_password');
    await check.of(user, old, address);
    const hash = await passwords.hash(password);
    const { after, refreshToken } = await store.transaction(async (tx) => {
      const now = active((await tx.users.lock(user.id)) ?? user);
      // Somebody else ended this session meanwhile.
      if (now.tokenVersion !== user.tokenVersion) throw unauthenticated('auth.invalid');
      const after = await this.#set(tx, now, hash);
      return { after, refreshToken: await sessions.remember(tx, after) };
    });
    bus.publish('cut', { userId: user.id, reason: 'revoked', keep: devices });
    return sessions.pair(after, refreshToken);
  }

  /**
   * A new password for whoever has the token of the mail; it is good once. Every session ends. Throws
   * `invalid`, `auth.expired`, and `auth.invalid` for one that is unknown or was used.
   */
  async reset(token: string, password: string): Promise<void> {
    const { store, clock, bus, passwords } = this.#deps;
    checkPassword(password, 'new_password');
    // Looked at first: what is made up costs nobody a hash.
    const known = await store.read.resetTokens.get(hashOf(token));
    if (!known) throw unauthenticated('auth.invalid');
    if (known.expiresAt <= clock.now()) throw unauthenticated('auth.expired');
    const hash = await passwords.hash(password);
    const user = await store.transaction(async (tx) => {
      const taken = await tx.resetTokens.take(known.hash);
      const user = taken && (await tx.users.lock(taken.userId));
      if (user?.status !== 'active') throw unauthenticated('auth.invalid');
      return this.#set(tx, user, hash);
    });
    bus.publish('cut', { userId: user.id, reason: 'revoked' });
  }

  /** Deletes their own account; a password that is given must be right. */
  async remove({ user, address }: Signed, password: string | undefined): Promise<void> {
    const { check, people } = this.#deps;
    if (password !== undefined) await check.of(user, password, address);
    await people.remove(user.id);
  }

  async #set(tx: Transaction, user: User, passwordHash: string): Promise<User> {
    await tx.users.revokeAllOf(user.id);
    await tx.resetTokens.forgetOf(user.id);
    const updatedAt = this.#deps.clock.now();
    return tx.users.update(user.id, { passwordHash, tokenVersion: user.tokenVersion + 1, updatedAt });
  }
}
