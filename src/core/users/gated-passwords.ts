import type { Passwords } from '../../ports/tokens.ts';
import { Gate, type GateRules } from '../gate.ts';

/**
 * A hash takes a core for tens of milliseconds and megabytes of memory: only so many are made at once,
 * so that a rush of sign-ins delays itself and no call. Throws `unavailable` when too many wait.
 */
export class GatedPasswords implements Passwords {
  readonly #passwords: Passwords;
  readonly #gate: Gate;

  constructor(passwords: Passwords, rules: GateRules) {
    this.#passwords = passwords;
    this.#gate = new Gate(rules);
  }

  hash(password: string): Promise<string> {
    return this.#gate.run(() => this.#passwords.hash(password));
  }

  verify(password: string, hash: string): Promise<boolean> {
    return this.#gate.run(() => this.#passwords.verify(password, hash));
  }

  pretend(password: string): Promise<void> {
    return this.#gate.run(() => this.#passwords.pretend(password));
  }
}
