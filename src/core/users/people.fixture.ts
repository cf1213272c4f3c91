import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argon2Passwords } from '../../adapters/passwords/argon2-passwords.ts';
import { openStore } from '../../adapters/storage/open.ts';
import { Hs256Tokens } from '../../adapters/tokens/hs256-tokens.ts';
import type { Bus, BusTopics } from '../../ports/bus.ts';
import type { Store } from '../../ports/store.ts';
import type { Passwords, TokenCodec } from '../../ports/tokens.ts';
import { Contacts } from '../contacts/contacts.ts';
import { Groups } from '../groups/groups.ts';
import { Identity } from '../identity/identity.ts';
import { Accounts } from './accounts.ts';
import { People } from './people.ts';

/** The people's part of the core over a real database, with a clock turned by hand, for its tests. */
export interface PeopleWorld {
  store: Store;
  clock: { now(): number; turn(ms: number): void };
  /** What was told to other nodes, in order. */
  told: { topic: keyof BusTopics; message: BusTopics[keyof BusTopics] }[];
  identity: Identity;
  accounts: Accounts;
  people: People;
  contacts: Contacts;
  groups: Groups;
  codec: TokenCodec;
  close(): Promise<void>;
}

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
  const people = new People({ store, bus, clock });
  const identity = new Identity({
    store,
    codec,
    clock,
    keys: new Map([[KEY, KEY_SECRET]]),
    secret: OWN_SECRET,
    people,
  });
  return {
    store,
    clock,
    told,
    identity,
    accounts: new Accounts({ store, clock, passwords, identity }),
    people,
    contacts: new Contacts({ store, bus, clock }),
    groups: new Groups({ store, bus, clock }),
    codec,
    async close() {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
