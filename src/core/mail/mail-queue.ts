import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Letter, Mail } from '../../ports/mail.ts';
import type { WaitingMail } from '../../ports/store/mails.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import { newId } from '../ids.ts';
import { backoffMs } from '../log/delivery.ts';
import type { Seal } from './seal.ts';

export interface MailQueueDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  mail: Mail;
  seal: Seal;
  failed: (what: string, error: unknown) => void;
}

/** How long a letter is tried, unless it says otherwise. */
const DAY_MS = 24 * 3_600_000;
/** How often the process looks by itself: for letters that are due again, and when the bus was silent. */
const LOOK_MS = 5_000;
/** Whoever sends a letter has it so long: more than a mail server may take; of one that was killed it is due again then. */
const CLAIM_MS = 120_000;
const AT_ONCE = 4;
/** How long a stop waits for a mail server that does not answer. */
const GOODBYE_MS = 3_000;

/**
 * Letters that are not lost: written by the transaction that causes them, sent after it at least once,
 * tried again with growing waits. Any process sends: the row itself says who has it, so none waits for
 * another's lease, and what a killed one had is due again by its time.
 */
export class MailQueue {
  readonly #deps: MailQueueDeps;
  #leave: (() => void) | undefined;
  #every: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(deps: MailQueueDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#leave = this.#deps.bus.subscribe('mail', () => this.#look());
    this.#every = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  /** Waits a little for what is being sent; the rest is sent after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#leave?.();
    clearInterval(this.#every);
    let patience: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      patience = setTimeout(resolve, GOODBYE_MS);
    });
    await Promise.race([this.#sending, enough]);
    clearTimeout(patience);
  }

  /** They are sent once the transaction is committed, and given up after `keptMs`; then `wake`. */
  async put(tx: Transaction, letters: readonly Letter[], keptMs = DAY_MS): Promise<void> {
    const { clock, seal } = this.#deps;
    const now = clock.now();
    const mails = letters.map((letter): WaitingMail => {
      const id = newId('mail', now);
      const sealed = seal.close(id, letter);
      return { id, sealed, createdAt: now, nextAt: now, untilAt: now + keptMs, tries: 0 };
    });
    if (mails.length > 0) await tx.mails.insert(mails);
  }

  /** After the commit: there is something to send. */
  wake(): void {
    this.#deps.bus.publish('mail', {});
  }

  /** Sends whatever is due; resolves when each was tried. */
  async send(): Promise<void> {
    const { store, clock } = this.#deps;
    while (!this.#stopped) {
      const due = await store.read.mails.due(clock.now(), AT_ONCE);
      if (due.length === 0) return;
      await Promise.all(due.map((mail) => this.#try(mail)));
    }
  }

  async #try(mail: WaitingMail): Promise<void> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    if (now >= mail.untilAt) return this.#giveUp(mail, new Error('its time is over'));
    const claimed = { ...mail, nextAt: now + CLAIM_MS, tries: mail.tries + 1 };
    const mine = await store.transaction((tx) => tx.mails.move(mail, claimed));
    if (!mine) return;
    try {
      await this.#sendOne(claimed);
    } catch (error) {
      await this.#later(claimed, error);
    }
  }

  async #sendOne(mail: WaitingMail): Promise<void> {
    const letter = this.#open(mail);
    const sent = letter && (await this.#deps.mail.send(letter, mail.id));
    if (!sent) return this.#giveUp(mail, new Error('it was sealed with another secret'));
    if (!sent.taken) return this.#giveUp(mail, new Error(sent.why));
    await this.#remove(mail);
  }

  #open({ id, sealed }: WaitingMail): Letter | undefined {
    try {
      return this.#deps.seal.open(id, sealed);
    } catch {
      return undefined;
    }
  }

  async #later(mail: WaitingMail, error: unknown): Promise<void> {
    const { store, clock, failed } = this.#deps;
    const nextAt = clock.now() + backoffMs(mail.tries);
    if (nextAt >= mail.untilAt) return this.#giveUp(mail, error);
    failed(`send ${mail.id}, and tries again`, error);
    await store.transaction((tx) => tx.mails.move(mail, { nextAt, tries: mail.tries }));
  }

  async #giveUp(mail: WaitingMail, error: unknown): Promise<void> {
    this.#deps.failed(`send ${mail.id}, and has given it up`, error);
    await this.#remove(mail);
  }

  #remove({ id }: WaitingMail): Promise<void> {
    return this.#deps.store.transaction((tx) => tx.mails.remove(id));
  }

  /** One look at a time; what happens during one is seen by another right after it. */
  #look(): void {
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = this.send()
      .catch((error) => this.#deps.failed('look after letters', error))
      .finally(() => {
        this.#sending = undefined;
        if (this.#again && !this.#stopped) {
          this.#again = false;
          this.#look();
        }
      });
  }
}
