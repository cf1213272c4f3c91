import type { Store } from '../../ports/store.ts';
import type { Passwords } from '../../ports/tokens.ts';
import { unauthenticated } from '../errors.ts';
import { active } from '../identity/identity.ts';
import type { Attempt, LoginGuard } from './login-guard.ts';
import { hashOf } from './secret.ts';
import type { User } from './user.ts';

export interface PasswordCheckDeps {
  store: Store;
  passwords: Passwords;
  /** Without one nobody is slowed down. */
  guard?: LoginGuard | undefined;
}

/** Whether somebody knows a password: the one place that asks. */
export class PasswordCheck {
  readonly #deps: PasswordCheckDeps;

  constructor(deps: PasswordCheckDeps) {
    this.#deps = deps;
  }

  /**
   * By username or e-mail address. A name nobody has, a wrong password and somebody without one are
   * the same answer after the same work (`auth.wrong_password`). Throws `limit` after many failures.
   */
  async byName(name: string, password: string, address: string): Promise<User> {
    const { users } = this.#deps.store.read;
    const trimmed = name.trim().toLowerCase();
    const user = name.includes('@') ? await users.byEmail(trimmed) : await users.byUsername(name);
    const account = user ? accountOf(user) : `name:${hashOf(trimmed)}`;
    await this.#check({ account, address }, user, password);
    // Only now: whoever knows the password may know this.
    if (!user) throw unauthenticated('auth.wrong_password');
    return active(user);
  }

  /** Of somebody who is signed in. Throws as `byName` does. */
  of(user: User, password: string, address: string): Promise<void> {
    return this.#check({ account: accountOf(user), address }, user, password);
  }

  async #check(attempt: Attempt, user: User | undefined, password: string): Promise<void> {
    const { store, passwords, guard } = this.#deps;
    await guard?.begin(attempt);
    const hash = await store.read.users.passwordHash(user?.id ?? 0);
    const right =
      hash === undefined ? await passwords.pretend(password) : await passwords.verify(password, hash);
    if (right !== true) throw unauthenticated('auth.wrong_password');
    await guard?.succeeded(attempt);
  }
}

const accountOf = ({ id }: User) => `user:${id}`;
