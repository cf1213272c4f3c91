import type { Clock } from '../../ports/clock.ts';
import type { Counters } from '../../ports/counters.ts';
import type { Letter } from '../../ports/mail.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import type { Passwords } from '../../ports/tokens.ts';
import { notFound, unauthenticated } from '../errors.ts';
import { active } from '../identity/identity.ts';
import type { MailQueue } from '../mail/index.ts';
import type { Avatars } from './avatars.ts';
import { changeUser } from './change.ts';
import { checkPassword, cleanEmail, cleanName, cleanUrl, cleanUsername } from './names.ts';
import type { PasswordCheck } from './password-check.ts';
import { hashOf } from './secret.ts';
import type { Session, Sessions } from './sessions.ts';
import { sayTaken } from './taken.ts';
import type { User } from './user.ts';

/** Held for ever by the first account: the primary key of the lease decides when two come at once. */
const FIRST_ACCOUNT = 'first-account';
const FOR_EVER_MS = 1000 * 365 * 86_400_000;

export interface AccountsDeps {
  store: Store;
  clock: Clock;
  passwords: Passwords;
  check: PasswordCheck;
  sessions: Sessions;
  avatars: Pick<Avatars, 'settle'>;
  mails: Pick<MailQueue, 'put' | 'wake'>;
  counters: Pick<Counters, 'hit'>;
  /** Whether one mailbox gets so many letters and no more. */
  limited: boolean;
}

/** The letter to the mailbox that an account has left, in the words of whoever asked. */
export type WriteFarewell = (account: { name: string; email: string }) => Pick<Letter, 'subject' | 'text'>;

/** An address that is not one's own can be said and left again: no mailbox is flooded by that. */
const FAREWELLS = { limit: 3, windowMs: 3_600_000 };

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

  /** Signs in by username or e-mail address; throws as `PasswordCheck.byName` does. */
  async login(name: string, password: string, address: string): Promise<Session> {
    const { check, sessions, store } = this.#deps;
    const user = await check.byName(name, password, address);
    const refreshToken = await store.transaction((tx) => sessions.remember(tx, user));
    return sessions.pair(user, refreshToken);
  }

  /**
   * A new pair for a refresh token, which is spent by it. A spent one coming again means that two
   * hold it, one of them a thief: everything grown from that login is revoked.
   */
  async refresh(token: string): Promise<Session> {
    const { store, sessions } = this.#deps;
    const outcome = await store.transaction((tx) => this.#rotate(tx, token));
    if (typeof outcome === 'string') throw unauthenticated(outcome);
    return sessions.pair(active(outcome.user), outcome.next);
  }

  async #rotate(tx: Transaction, token: string): Promise<Rotated | 'auth.invalid' | 'auth.expired'> {
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
    if (user.status === 'banned') return { user, next: '' };
    // Given before a ban, a reset or a sign-out everywhere that did not see it: a refresh was under way.
    if (known.tokenVersion !== user.tokenVersion) return 'auth.invalid';
    return { user, next: await this.#deps.sessions.remember(tx, user, known.family) };
  }

  /** The mailbox of before is told of another address: whoever has a stolen token takes no account unseen. */
  async updateProfile(userId: number, patch: ProfilePatch, farewell?: WriteFarewell): Promise<User> {
    const changes = {
      ...(patch.nickname === undefined ? {} : { displayName: cleanName(patch.nickname, 'nickname') }),
      ...(patch.email === undefined ? {} : { email: cleanEmail(patch.email) }),
      ...(patch.avatarUrl === undefined
        ? {}
        : { avatarUrl: patch.avatarUrl === null ? null : cleanUrl(patch.avatarUrl) }),
      updatedAt: this.#deps.clock.now(),
    };
    const { store, avatars, mails } = this.#deps;
    const { before, after } = await sayTaken(
      store.transaction(async (tx) => {
        const before = await tx.users.lock(userId);
        if (!before) throw notFound('user.unknown', { uid: String(userId) });
        const after = await changeUser(tx, active(before), changes);
        if (farewell) await this.#tell(tx, before, after, farewell);
        return { before, after };
      }),
    );
    mails.wake();
    avatars.settle(before, after);
    return after;
  }

  async #tell(tx: Transaction, before: User, { email }: User, write: WriteFarewell): Promise<void> {
    const { mails, counters, limited } = this.#deps;
    const to = before.email;
    if (to === null || email === null || to === email) return;
    if (limited && !(await counters.hit(`farewell:${to}`, FAREWELLS)).room) return;
    await mails.put(tx, [{ to, ...write({ name: before.username ?? before.uid, email }) }]);
  }
}

interface Rotated {
  user: User;
  next: string;
}
