import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Queries, Store, Transaction } from '../../ports/store.ts';
import { conflict, notFound } from '../errors.ts';
import { isUid, numericUid } from '../ids.ts';
import type { Avatars } from './avatars.ts';
import { changeUser } from './change.ts';
import { cleanEmail, cleanName, cleanUrl, idOfUid, showable } from './names.ts';
import { removeUser } from './remove.ts';
import { sayTaken, takenField } from './taken.ts';
import type { User } from './user.ts';

export interface PeopleDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  avatars: Pick<Avatars, 'settle'>;
  /** Meetings and administrators know guests too; to everybody else they are nobody. */
  guests?: boolean;
}

/** What a host application says of somebody. `undefined` leaves a value, `null` takes it away. */
export interface Provision {
  id?: number | undefined;
  username?: string | null | undefined;
  displayName?: string | undefined;
  avatarUrl?: string | null | undefined;
  email?: string | null | undefined;
  role?: User['role'] | undefined;
  status?: 'active' | 'banned' | undefined;
}

const SEARCH_LIMIT = 20;
/** How often people are looked up anew when somebody else provisioned one of them in between. */
const ATTEMPTS = 5;

/** Finding people and provisioning those of host applications. */
export class People {
  readonly #deps: PeopleDeps;

  constructor(deps: PeopleDeps) {
    this.#deps = deps;
  }

  /** The exact uid first, then the decimal id; deleted people are nobody, and guests to most. */
  async find(name: string | number, queries: Queries = this.#deps.store.read): Promise<User | undefined> {
    const [user] = await findAll([name], queries);
    return user && !this.#isNobody(user) ? user : undefined;
  }

  /** The same, or `not_found`. */
  async get(name: string | number): Promise<User> {
    const user = await this.find(name);
    if (!user) throw unknown(name);
    return user;
  }

  /** Those of several whom somebody knows, in order. */
  async findSome(names: readonly (string | number)[]): Promise<User[]> {
    const found = await findAll(names, this.#deps.store.read);
    return found.filter((user) => user !== undefined).filter((user) => !this.#isNobody(user));
  }

  /**
   * People by name, in order. Those nobody knows yet are provisioned for a trusted asker (a
   * service) and `not_found` for a user.
   */
  async resolve(names: readonly (string | number)[], trusted: boolean): Promise<User[]> {
    for (let attempt = 1; ; attempt++) {
      const found = await findAll(names, this.#deps.store.read);
      const gone = found.find((user) => user && this.#isNobody(user));
      if (gone) throw unknown(gone.uid);
      const missing = names.filter((_, i) => found[i] === undefined).map(String);
      if (missing.length === 0) return found.filter((user) => user !== undefined);
      if (!trusted) throw unknown(missing[0] ?? '');
      try {
        await this.#provisionAll([...new Set(missing)]);
      } catch (error) {
        if (takenField(error) === undefined || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Somebody a host application's token names, on first sight. */
  async meet(uid: string, name: string | undefined): Promise<User> {
    const displayName = showable(name ?? '');
    try {
      return await this.#deps.store.transaction((tx) => this.#insert(tx, uid, { displayName }));
    } catch (error) {
      // Two first sights at once: the other one was quicker.
      const user = takenField(error) === 'uid' ? await this.#deps.store.read.users.byUid(uid) : undefined;
      if (user) return user;
      return sayTaken(Promise.reject(error));
    }
  }

  /** Creates somebody with this uid or updates them; a deleted one comes back with what is said now. */
  async put(uid: string, given: Provision): Promise<User> {
    const { before, after } = await sayTaken(this.#put(uid, cleaned(given)));
    if (before) this.#deps.avatars.settle(before, after);
    const banned = after.status === 'banned' && before?.status !== 'banned';
    if (banned) this.#deps.bus.publish('cut', { userId: after.id, reason: 'banned' });
    return after;
  }

  async #put(uid: string, given: Provision): Promise<{ before?: User; after: User }> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#deps.store.transaction(async (tx) => {
          const known = await tx.users.byUid(uid);
          const before = known && (await tx.users.lock(known.id));
          if (!before) return { after: await this.#insert(tx, uid, given) };
          if (before.guestOf !== null) throw unknown(uid);
          return { before, after: await this.#update(tx, before, given) };
        });
      } catch (error) {
        // Somebody else created them in between: now it is an update.
        if (takenField(error) !== 'uid' || attempt === ATTEMPTS) throw error;
      }
    }
  }

  async #update(tx: Transaction, known: User, { id, ...given }: Provision): Promise<User> {
    if (id !== undefined && id !== known.id) throw conflict('user.id_fixed', { field: 'id' });
    // Whoever comes back is as new.
    const back = known.status === 'deleted' ? { status: 'active' as const, displayName: known.uid } : {};
    const updatedAt = this.#deps.clock.now();
    return changeUser(tx, known, { ...back, ...definedOnly(given), updatedAt });
  }

  /**
   * Deletes somebody: personal data, contacts and memberships go, tokens and sockets are void. The
   * uid and the number stay taken, for histories name them. Throws `conflict` for the last
   * administrator. `record` is for what else is written with it.
   */
  async remove(
    name: string | number,
    record: (tx: Transaction, user: User) => Promise<void> = async () => {},
  ): Promise<void> {
    const { store, clock, bus, avatars } = this.#deps;
    const { user, subjects } = await store.transaction(async (tx) => {
      const found = await this.find(name, tx);
      // Held, and looked at again: somebody else may be deleting them as well.
      const user = found && (await tx.users.lock(found.id));
      if (!user || user.status === 'deleted') throw unknown(name);
      const subjects = await removeUser(tx, user, clock.now());
      await record(tx, user);
      return { user, subjects };
    });
    avatars.settle(user, undefined);
    bus.publish('cut', { userId: user.id, reason: 'removed' });
    for (const subject of subjects) bus.publish('committed', { subject });
  }

  /** Signs somebody out everywhere: every token issued before is void, live sockets are cut. */
  async revoke(user: User): Promise<void> {
    await this.#deps.store.transaction(async (tx) => {
      const now = (await tx.users.lock(user.id)) ?? user;
      await tx.users.update(user.id, { tokenVersion: now.tokenVersion + 1 });
      await tx.users.revokeAllOf(user.id);
    });
    this.#deps.bus.publish('cut', { userId: user.id, reason: 'revoked' });
  }

  /** By the beginning of uid or name; never oneself. */
  async search(self: User, prefix: string): Promise<User[]> {
    const text = prefix.trim();
    if (text === '') return [];
    const found = await this.#deps.store.read.users.search(text, SEARCH_LIMIT + 1);
    return found.filter((user) => user.id !== self.id).slice(0, SEARCH_LIMIT);
  }

  /** In order of id, for the host application; `next` continues where it stopped. */
  async list(after: number, limit: number): Promise<{ users: User[]; next: number | undefined }> {
    const found = await this.#deps.store.read.users.list(after, limit + 1);
    const users = found.slice(0, limit);
    return { users, next: found.length > limit ? users.at(-1)?.id : undefined };
  }

  #isNobody({ status, guestOf }: User): boolean {
    return status === 'deleted' || (guestOf !== null && !this.#deps.guests);
  }

  #provisionAll(uids: readonly string[]): Promise<void> {
    return this.#deps.store.transaction(async (tx) => {
      for (const uid of uids) await this.#insert(tx, uid, {});
    });
  }

  #insert(tx: Transaction, uid: string, given: Provision): Promise<User> {
    const own = idOfUid(uid);
    if (own !== undefined && given.id !== undefined && given.id !== own) {
      throw conflict('user.id_fixed', { field: 'id' });
    }
    const id = own ?? given.id;
    const now = this.#deps.clock.now();
    return tx.users.insert({
      ...(id === undefined ? {} : { id }),
      uid,
      username: given.username ?? null,
      email: given.email ?? null,
      displayName: given.displayName || uid,
      avatarUrl: given.avatarUrl ?? null,
      role: given.role ?? 'user',
      status: given.status ?? 'active',
      tokenVersion: 1,
      createdAt: now,
      updatedAt: now,
    });
  }
}

const unknown = (name: string | number) => notFound('user.unknown', { uid: String(name) });

/** Everybody by one or two indexed look-ups, in the order of the names. */
async function findAll(names: readonly (string | number)[], queries: Queries): Promise<(User | undefined)[]> {
  const uids = [...new Set(names.map(String).filter(isUid))];
  const byUid = new Map((await queries.users.byUids(uids)).map((user) => [user.uid, user]));
  const ids = uids.filter((uid) => !byUid.has(uid)).flatMap((uid) => numericUid(uid) ?? []);
  const byId = new Map(
    (ids.length > 0 ? await queries.users.byIds(ids) : []).map((user) => [String(user.id), user]),
  );
  return names.map((name) => byUid.get(String(name)) ?? byId.get(String(name)));
}

function cleaned(given: Provision): Provision {
  return {
    ...given,
    ...(given.username ? { username: cleanName(given.username, 'username') } : {}),
    ...(given.email ? { email: cleanEmail(given.email) } : {}),
    ...(given.avatarUrl ? { avatarUrl: cleanUrl(given.avatarUrl) } : {}),
    ...(given.displayName === undefined ? {} : { displayName: cleanName(given.displayName, 'display_name') }),
  };
}

/** `undefined` means "as it is", never "nothing". */
const definedOnly = <T extends object>(patch: T): T =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as T;
