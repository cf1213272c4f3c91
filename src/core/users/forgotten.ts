import type { Clock } from '../../ports/clock.ts';
import type { Counters } from '../../ports/counters.ts';
import type { Letter } from '../../ports/mail.ts';
import type { Store } from '../../ports/store.ts';
import type { MailQueue } from '../mail/index.ts';
import { cleanEmail } from './names.ts';
import { hashOf, newSecret } from './secret.ts';

export interface ForgottenDeps {
  store: Store;
  clock: Clock;
  counters: Counters;
  mails: Pick<MailQueue, 'put' | 'wake'>;
  /** Where people reach this server. Never as whoever asks says: the letter goes to somebody else. */
  address: () => string;
  /** Whether one mailbox gets so many letters and no more. */
  limited: boolean;
  failed: (what: string, error: unknown) => void;
}

/** The letter with this link in it, in the words of whoever asked. */
export type WriteLetter = (link: string) => Pick<Letter, 'subject' | 'text'>;

/** The app's page where a new password is chosen. */
const RESET_PATH = '/reset-password';
const TTL_MS = 30 * 60_000;
/** Letters to one person; more would be somebody else's doing. */
const LETTERS = { limit: 3, windowMs: 3_600_000 };
/** Requests that are being looked after; more at once are an attack. */
const UNDER_WAY = 200;

/** Ways to a new password for those who have forgotten theirs. */
export class Forgotten {
  readonly #deps: ForgottenDeps;
  readonly #underWay = new Set<Promise<void>>();

  constructor(deps: ForgottenDeps) {
    this.#deps = deps;
  }

  /**
   * Answers at once and looks afterwards, so that neither the answer nor its time tells whether anybody
   * has the address. Throws `invalid` for what is no address.
   */
  ask(address: string, write: WriteLetter): void {
    const { failed } = this.#deps;
    const email = cleanEmail(address);
    if (this.#underWay.size >= UNDER_WAY) {
      failed('look after a forgotten password', new Error('too many at once'));
      return;
    }
    const work = this.#look(email, write)
      .catch((error) => failed('send the mail for a forgotten password', error))
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  /** What was asked for is done, or has failed. */
  async close(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #look(email: string, write: WriteLetter): Promise<void> {
    const { store, clock, counters, mails, address, limited } = this.#deps;
    const { users } = store.read;
    const user = await users.byEmail(email);
    // Who comes from a host application has no password here, and gets none this way.
    if (user?.status !== 'active' || !(await users.passwordHash(user.id))) return;
    if (limited && !(await counters.hit(`forgotten:${user.id}`, LETTERS)).room) return;
    const secret = newSecret();
    const at = clock.now();
    const letter = { to: email, ...write(`${address()}${RESET_PATH}?token=${secret}`) };
    await store.transaction(async (tx) => {
      // Moved to another mailbox, or banned, since they were looked up.
      const now = await tx.users.lock(user.id);
      if (now?.email !== user.email || now.status !== 'active') return;
      await tx.resetTokens.forgetExpired(at - TTL_MS);
      await tx.resetTokens.save({ hash: hashOf(secret), userId: user.id, expiresAt: at + TTL_MS });
      // No longer than the link is good.
      await mails.put(tx, [letter], TTL_MS);
    });
    mails.wake();
  }
}
