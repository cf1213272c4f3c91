import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditFilter } from '../../ports/store/audit.ts';
import type { UserFilter, UserPage } from '../../ports/store/user-filter.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import type { Act, AuditEntry, Changes } from '../audit/index.ts';
import { record } from '../audit/index.ts';
import { conflict, notFound } from '../errors.ts';
import type { Avatars } from './avatars.ts';
import { changeUser } from './change.ts';
import { cleanEmail, cleanName, cleanUrl, cleanUsername } from './names.ts';
import type { People } from './people.ts';
import { sayTaken } from './taken.ts';
import type { User } from './user.ts';

export interface AdministrationDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  people: Pick<People, 'remove'>;
  avatars: Pick<Avatars, 'settle'>;
}

/** `undefined` leaves a value as it is; `null` takes it away. */
export interface UserChange {
  username?: string | undefined;
  email?: string | null | undefined;
  nickname?: string | undefined;
  avatarUrl?: string | null | undefined;
  role?: User['role'] | undefined;
}

/** What administrators and services do to people. Each act is in the audit log, by its own transaction. */
export class Administration {
  readonly #deps: AdministrationDeps;

  constructor(deps: AdministrationDeps) {
    this.#deps = deps;
  }

  async list(filter: UserFilter, page: UserPage): Promise<{ users: User[]; total: number }> {
    const { users } = this.#deps.store.read;
    const [found, total] = await Promise.all([users.page(filter, page), users.countOf(filter)]);
    return { users: found, total };
  }

  /** Deleted people too. */
  async get(id: number): Promise<User> {
    return known(await this.#deps.store.read.users.byId(id), id);
  }

  /** Throws `conflict`: a name that is taken, the last administrator, a guest, who is only banned or deleted. */
  async update(act: Act, id: number, change: UserChange): Promise<User> {
    const patch = patchOf(change);
    return sayTaken(this.#change(act, id, 'user.updated', patch));
  }

  /** Voids every token, and ends sockets, calls and media at once. Again it changes nothing. */
  async ban(act: Act, id: number, reason: string | undefined): Promise<User> {
    const user = await this.#change(act, id, 'user.banned', { status: 'banned' }, reason);
    // Also when it changed nothing: what a crash left open is closed now.
    this.#deps.bus.publish('cut', { userId: id, reason: 'banned' });
    return user;
  }

  /** Tokens of before the ban stay void. */
  unban(act: Act, id: number): Promise<User> {
    return this.#change(act, id, 'user.unbanned', { status: 'active' });
  }

  async remove(act: Act, id: number): Promise<void> {
    await this.#deps.people.remove(id, (tx, target) =>
      record(tx, act, { at: this.#deps.clock.now(), action: 'user.deleted', target }),
    );
  }

  async audit(
    filter: AuditFilter,
    limit: number,
    offset: number,
  ): Promise<{ entries: AuditEntry[]; total: number }> {
    const { audit } = this.#deps.store.read;
    const [entries, total] = await Promise.all([audit.page(filter, limit, offset), audit.count(filter)]);
    return { entries, total };
  }

  async #change(
    act: Act,
    id: number,
    action: 'user.updated' | 'user.banned' | 'user.unbanned',
    patch: Patch,
    reason?: string,
  ): Promise<User> {
    const { store, clock, avatars } = this.#deps;
    const { before, after } = await store.transaction(async (tx: Transaction) => {
      const before = known(await tx.users.lock(id), id);
      if (before.status === 'deleted') throw unknown(id);
      if (before.guestOf !== null && action === 'user.updated') throw conflict('user.guest');
      const changes = changesOf(before, patch);
      if (Object.keys(changes).length === 0) return { before, after: before };
      const at = clock.now();
      const after = await changeUser(tx, before, { ...patch, updatedAt: at });
      await record(tx, act, { at, action, target: after, changes, reason: reason ?? null });
      return { before, after };
    });
    avatars.settle(before, after);
    return after;
  }
}

type Patch = Partial<Pick<User, (typeof FIELDS)[number][0]>>;

/** What can be changed, and what the contract calls it. */
const FIELDS = [
  ['username', 'username'],
  ['email', 'email'],
  ['displayName', 'nickname'],
  ['avatarUrl', 'avatar_url'],
  ['role', 'role'],
  ['status', 'status'],
] as const;

function patchOf({ username, email, nickname, avatarUrl, role }: UserChange): Patch {
  return {
    ...(username === undefined ? {} : { username: cleanUsername(username) }),
    ...(email === undefined ? {} : { email: email && cleanEmail(email) }),
    ...(nickname === undefined ? {} : { displayName: cleanName(nickname, 'nickname') }),
    ...(avatarUrl === undefined ? {} : { avatarUrl: avatarUrl && cleanUrl(avatarUrl) }),
    ...(role === undefined ? {} : { role }),
  };
}

function changesOf(before: User, patch: Patch): Changes {
  const differing = FIELDS.filter(([field]) => field in patch && patch[field] !== before[field]);
  return Object.fromEntries(
    differing.map(([field, name]) => [name, { from: before[field], to: patch[field] ?? null }]),
  );
}

const unknown = (id: number) => notFound('user.unknown', { uid: String(id) });

function known(user: User | undefined, id: number): User {
  if (!user) throw unknown(id);
  return user;
}
