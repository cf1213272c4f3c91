import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalBlobs } from '../../adapters/blobs/local-blobs.ts';
import { MemoryCounters } from '../../adapters/counters/memory.ts';
import { SharpImages } from '../../adapters/images/sharp-images.ts';
import { Argon2Passwords } from '../../adapters/passwords/argon2-passwords.ts';
import { openStore } from '../../adapters/storage/open.ts';
import { Hs256Tokens } from '../../adapters/tokens/hs256-tokens.ts';
import type { Bus, BusTopics } from '../../ports/bus.ts';
import type { Letter } from '../../ports/mail.ts';
import type { Store } from '../../ports/store.ts';
import type { Passwords, TokenCodec } from '../../ports/tokens.ts';
import { Contacts } from '../contacts/contacts.ts';
import { Groups } from '../groups/groups.ts';
import { Identity } from '../identity/identity.ts';
import { MailQueue, Seal } from '../mail/index.ts';
import { Accounts } from './accounts.ts';
import { Administration } from './administration.ts';
import { Avatars } from './avatars.ts';
import { Credentials } from './credentials.ts';
import { Forgotten } from './forgotten.ts';
import { LoginGuard } from './login-guard.ts';
import { PasswordCheck } from './password-check.ts';
import { People } from './people.ts';
import { Sessions } from './sessions.ts';

/** The people's part of the core over a real database, with a clock turned by hand, for its tests. */
export interface PeopleWorld {
  store: Store;
  clock: { now(): number; turn(ms: number): void };
  /** What was told to other nodes, in order. */
  told: { topic: keyof BusTopics; message: BusTopics[keyof BusTopics] }[];
  identity: Identity;
  accounts: Accounts;
  credentials: Credentials;
  forgotten: Forgotten;
  administration: Administration;
  avatars: Avatars;
  /** The mail that was sent, in order. */
  letters: Letter[];
  /** Sends what waits when it is told to. */
  mails: MailQueue;
  /** What could not be done behind an answer. */
  undone: string[];
  /** Where pictures are kept. */
  files: string;
  people: People;
  /** With the guests of meetings. */
  everybody: People;
  contacts: Contacts;
  groups: Groups;
  codec: TokenCodec;
  close(): Promise<void>;
}

/** Where people sign in from. */
export const ADDRESS = '203.0.113.7';
export const START = Date.UTC(2025, 10, 9, 15);
export const OWN_SECRET = 'the secret of the server itself, 32 bytes';
export const KEY = 'hostkey';
export const KEY_SECRET = 'the secret of the host application, 32 b.';

/** Cheap hashes: these tests are not about their cost. */
export const CHEAP = new Argon2Passwords({ memory: 64, passes: 1, parallelism: 1 });

export async function peopleWorld(passwords: Passwords = CHEAP): Promise<PeopleWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-people-'));
  const store = await openStore(`sqlite:${join(folder, 'parley.db')}`);
  let now = START;
  const clock = {
    now: () => now,
    turn(ms: number) {
      now += ms;
    },
  };
  const told: PeopleWorld['told'] = [];
  const bus: Bus = {
    publish: (topic, message) => void told.push({ topic, message }),
    subscribe: () => () => {},
    ping: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const codec = new Hs256Tokens(clock);
  const basics = { store, bus, clock };
  const undone: string[] = [];
  const failed = (what: string) => void undone.push(what);
  const files = join(folder, 'files');
  const avatars = new Avatars({
    ...basics,
    blobs: new LocalBlobs(files),
    images: new SharpImages(join(folder, 'incoming')),
    failed,
  });
  const people = new People({ ...basics, avatars });
  const everybody = new People({ ...basics, avatars, guests: true });
  const identity = new Identity({
    store,
    codec,
    clock,
    keys: new Map([[KEY, KEY_SECRET]]),
    secret: OWN_SECRET,
    people,
  });
  const counters = new MemoryCounters({ clock });
  const check = new PasswordCheck({ store, passwords, guard: new LoginGuard({ counters, clock }) });
  const sessions = new Sessions({ identity, clock });
  const letters: Letter[] = [];
  const mail = {
    async send(letter: Letter) {
      letters.push(letter);
      return { taken: true } as const;
    },
    close: async () => {},
  };
  const mails = new MailQueue({ ...basics, mail, seal: new Seal(OWN_SECRET), failed });
  const forgotten = new Forgotten({
    ...basics,
    counters,
    mails,
    address: () => 'https://call.example.com',
    limited: true,
    failed,
  });
  return {
    letters,
    mails,
    undone,
    files,
    store,
    clock,
    told,
    identity,
    accounts: new Accounts({
      ...basics,
      passwords,
      check,
      sessions,
      avatars,
      mails,
      counters,
      limited: true,
    }),
    credentials: new Credentials({ ...basics, passwords, check, sessions, people }),
    forgotten,
    administration: new Administration({ ...basics, people: everybody, avatars }),
    avatars,
    people,
    everybody,
    contacts: new Contacts(basics),
    groups: new Groups(basics),
    codec,
    async close() {
      await forgotten.close();
      await avatars.close();
      await counters.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
