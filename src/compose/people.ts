import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { LocalBlobs } from '../adapters/blobs/local-blobs.ts';
import { logMail, noMail } from '../adapters/mail/log-mail.ts';
import { Argon2Passwords } from '../adapters/passwords/argon2-passwords.ts';
import type { Config } from '../config/config.ts';
import type { App } from '../core/app.ts';
import { Identity } from '../core/identity/identity.ts';
import { MailQueue, Seal } from '../core/mail/index.ts';
import { Accounts } from '../core/users/accounts.ts';
import { Administration } from '../core/users/administration.ts';
import { AvatarSweeper } from '../core/users/avatar-sweeper.ts';
import { Avatars } from '../core/users/avatars.ts';
import { Credentials } from '../core/users/credentials.ts';
import { Forgotten } from '../core/users/forgotten.ts';
import { GatedPasswords } from '../core/users/gated-passwords.ts';
import { LoginGuard } from '../core/users/login-guard.ts';
import { PasswordCheck } from '../core/users/password-check.ts';
import { People } from '../core/users/people.ts';
import { Sessions } from '../core/users/sessions.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Counters } from '../ports/counters.ts';
import type { Images } from '../ports/images.ts';
import type { Letter, Mail } from '../ports/mail.ts';
import type { Store } from '../ports/store.ts';
import type { Passwords, TokenCodec } from '../ports/tokens.ts';

interface Needs {
  store: Store;
  bus: Bus;
  clock: Clock;
  counters: Counters;
  codec: TokenCodec;
  keys: ReadonlyMap<string, string>;
  tokenSecret: string;
  overrides: { mail?: Mail };
  /** Where people reach this server; asked once it listens. */
  address: () => string;
  /** Takes a letter where there is no mail server. */
  logLetter: (letter: Letter) => void;
  failed: (what: string, error: unknown) => void;
}

export interface PeopleParts
  extends Pick<
    App,
    'people' | 'identity' | 'accounts' | 'credentials' | 'forgotten' | 'administration' | 'avatars'
  > {
  passwords: Passwords;
  /** With the guests of meetings. */
  everybody: People;
  /** Sends letters, once it is started. */
  mails: MailQueue;
  /** Undefined where nothing is limited. */
  guard: LoginGuard | undefined;
  /** What is under way is finished. */
  close(): Promise<void>;
}

/** Cores that hash passwords; one is left to everything else, and a thread of the pool to files. */
export const HASHES_AT_ONCE = Math.max(1, Math.min(3, availableParallelism() - 1));
/** At some thirty milliseconds each, nobody waits much longer than their patience. */
const HASHES_WAITING = 200;

/** Accounts and everything about them. */
export async function openPeople(config: Config, needs: Needs): Promise<PeopleParts> {
  const { store, bus, clock, counters, codec, keys, overrides, address, failed } = needs;
  const basics = { store, bus, clock };
  const mail = overrides.mail ?? (await openMail(config, needs.logLetter));
  const files = join(config.dataDir, 'files');
  const blobs = new LocalBlobs(files);
  const avatars = new Avatars({
    ...basics,
    blobs,
    images: lazyImages(join(files, '.incoming')),
    failed,
  });
  const avatarSweeper = new AvatarSweeper({ store, clock, blobs, failed });
  avatarSweeper.start();
  const people = new People({ ...basics, avatars });
  const everybody = new People({ ...basics, avatars, guests: true });
  const identity = new Identity({ store, codec, clock, keys, secret: needs.tokenSecret, people });
  const passwords = new GatedPasswords(new Argon2Passwords(), {
    atOnce: HASHES_AT_ONCE,
    waiting: HASHES_WAITING,
  });
  const guard = config.rateLimits ? new LoginGuard({ counters, clock }) : undefined;
  const check = new PasswordCheck({ store, passwords, guard });
  const sessions = new Sessions({ identity, clock });
  const limited = config.rateLimits;
  const mails = new MailQueue({ ...basics, mail, seal: new Seal(needs.tokenSecret), failed });
  const forgotten = new Forgotten({ ...basics, counters, mails, address, limited, failed });
  return {
    passwords,
    everybody,
    mails,
    guard,
    avatars,
    people,
    identity,
    accounts: new Accounts({ ...basics, passwords, check, sessions, avatars, mails, counters, limited }),
    credentials: new Credentials({ ...basics, passwords, check, sessions, people }),
    forgotten,
    administration: new Administration({ ...basics, people: everybody, avatars }),
    async close() {
      await forgotten.close();
      await mails.stop();
      await mail.close();
      await avatarSweeper.stop();
      await avatars.close();
    },
  };
}

async function openMail({ mail }: Config, logLetter: (letter: Letter) => void): Promise<Mail> {
  if (mail.smtpUrl === undefined) return mail.logged ? logMail(logLetter) : noMail;
  const { SmtpMail } = await import('../adapters/mail/smtp-mail.ts');
  return new SmtpMail({ url: mail.smtpUrl, from: mail.from });
}

/** Most servers are never given a picture between two starts: its library is loaded with the first. */
function lazyImages(folder: string): Images {
  let images: Promise<Images> | undefined;
  return {
    async square(content, rules) {
      images ??= import('../adapters/images/sharp-images.ts').then(
        ({ SharpImages }) => new SharpImages(folder),
      );
      return (await images).square(content, rules);
    },
  };
}
