import { conflict, notFound } from '../../core/errors.ts';
import type { User } from '../../core/users/user.ts';
import type { NewUser, UserQueries, UserWrites } from '../../ports/store/users.ts';
import type { Db } from './db.ts';
import { forUpdate } from './locks.ts';
import { refreshTokensOf } from './refresh-tokens.ts';
import type { UserTable } from './schema.ts';
import { change, query, queryIn, runChange, runQuery } from './statements.ts';
import { countUsers, pageOfUsers } from './user-pages.ts';
import { keyOf, toUser, USER_COLUMNS, type UserRow } from './user-rows.ts';
import { searchUsers } from './user-search.ts';

const byId = query<{ id: number }, UserRow>((sql, p) =>
  sql.selectFrom('users').select(USER_COLUMNS).where('id', '=', p.id),
);
const byUid = query<{ uid: string }, UserRow>((sql, p) =>
  sql.selectFrom('users').select(USER_COLUMNS).where('uid', '=', p.uid),
);
const byUsername = query<{ username: string }, UserRow>((sql, p) =>
  sql.selectFrom('users').select(USER_COLUMNS).where('username', '=', p.username),
);
const byEmail = query<{ email: string }, UserRow>((sql, p) =>
  sql.selectFrom('users').select(USER_COLUMNS).where('email', '=', p.email),
);
const byIds = queryIn<number, object, UserRow>((sql, ids) =>
  sql.selectFrom('users').select(USER_COLUMNS).where('id', 'in', ids),
);
const byUids = queryIn<string, object, UserRow>((sql, uids) =>
  sql.selectFrom('users').select(USER_COLUMNS).where('uid', 'in', uids),
);
const list = query<{ after: number; limit: number }, UserRow>((sql, p) =>
  sql
    .selectFrom('users')
    .select(USER_COLUMNS)
    .where('id', '>', p.after)
    .where('guest_of', 'is', null)
    .orderBy('id')
    .limit(p.limit),
);
const guestsDue = query<{ now: number; limit: number }, UserRow>((sql, p) =>
  sql
    .selectFrom('users')
    .select(USER_COLUMNS)
    .where('guest_until', '<=', p.now)
    .orderBy('guest_until')
    .limit(p.limit),
);
const counted = query<object, { n: number }>((sql) =>
  sql.selectFrom('users').select(({ fn }) => fn.countAll<number>().as('n')),
);
const forget = change<{ id: number }>((sql, p) => sql.deleteFrom('users').where('id', '=', p.id));
const passwordHash = query<{ id: number }, { password_hash: string | null }>((sql, p) =>
  sql.selectFrom('users').select('password_hash').where('id', '=', p.id),
);

export function usersOf(db: Db): UserQueries & UserWrites {
  return {
    byId: async (id) => first(await byId(db, { id })),
    byUid: async (uid) => first(await byUid(db, { uid })),
    byUsername: async (username) => first(await byUsername(db, { username })),
    byEmail: async (email) => first(await byEmail(db, { email })),
    byIds: async (ids) => (await byIds(db, ids, {})).filter(unlikeBefore()).map(toUser),
    byUids: async (uids) => (await byUids(db, uids, {})).filter(unlikeBefore()).map(toUser),
    search: async (prefix, limit) => (await searchUsers(db, prefix, limit)).map(toUser),
    list: async (after, limit) => (await list(db, { after, limit })).map(toUser),
    page: async (filter, page) => (await pageOfUsers(db, filter, page)).map(toUser),
    countOf: (filter) => countUsers(db, filter),
    guestsDue: async (now, limit) => (await guestsDue(db, { now, limit })).map(toUser),
    count: async () => (await counted(db, {}))[0]?.n ?? 0,
    passwordHash: async (id) => (await passwordHash(db, { id }))[0]?.password_hash ?? undefined,
    insert: (user) => insertUser(db, user),
    update: (id, patch) => updateUser(db, id, patch),
    forget: async (id) => {
      await forget(db, { id });
    },
    lock: async (id) => first(await runQuery(db, forUpdate(db, oneUser(db, id)))),
    holdAdmins: async () => (await runQuery(db, forUpdate(db, admins(db)))).map(({ id }) => id),
    ...refreshTokensOf(db),
  };
}

const oneUser = ({ dialect }: Db, id: number) =>
  dialect.sql.selectFrom('users').select(USER_COLUMNS).where('id', '=', id);

/** In order of id, so that two who hold them wait for each other in one direction. */
const admins = ({ dialect }: Db) =>
  dialect.sql
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .orderBy('id');

const first = ([row]: readonly UserRow[]) => (row ? toUser(row) : undefined);

/** A list with doubles that spans several statements finds somebody twice. */
function unlikeBefore(): (row: UserRow) => boolean {
  const seen = new Set<number>();
  return (row) => !seen.has(row.id) && seen.add(row.id).size > 0;
}

/**
 * Whoever inserts or renames holds the counter's row, so that what was free stays free until the
 * end of the transaction and a number chosen by a host is never counted to.
 */
async function holdNames(db: Db): Promise<number> {
  const { sql } = db.dialect;
  const counter = sql.selectFrom('counters').select('value').where('name', '=', 'user');
  const [row] = await runQuery(db, forUpdate(db, counter));
  return row?.value ?? 0;
}

async function insertUser(db: Db, user: NewUser): Promise<User> {
  const { sql } = db.dialect;
  const counter = await holdNames(db);
  await refuseTaken(db, user);
  const id = user.id ?? (await nextId(db, counter + 1));
  const { passwordHash = null, guestUntil = null, ...rest } = user;
  const person = { guestOf: null, ...rest };
  const hidden = { password_hash: passwordHash, guest_until: guestUntil };
  const values = { ...toColumns(person), ...hidden } as UserTable;
  await runChange(db, sql.insertInto('users').values({ ...values, id }));
  return { ...person, id };
}

/** The first number from `candidate` on that nobody has; runs of numbers chosen by hosts are skipped. */
async function nextId(db: Db, candidate: number): Promise<number> {
  const { sql } = db.dialect;
  let id = candidate;
  if ((await byId(db, { id })).length > 0) {
    const [gap] = await runQuery(
      db,
      sql
        .selectFrom('users as u')
        .leftJoin('users as after', (join) => join.on('after.id', '=', ({ eb }) => eb('u.id', '+', 1)))
        .select('u.id')
        .where('u.id', '>=', id)
        .where('after.id', 'is', null)
        .orderBy('u.id')
        .limit(1),
    );
    id = (gap?.id ?? id) + 1;
  }
  await runChange(db, sql.updateTable('counters').set({ value: id }).where('name', '=', 'user'));
  return id;
}

type Names = { id?: number; uid?: string; username?: string | null; email?: string | null };

async function refuseTaken(db: Db, names: Names, but?: number): Promise<void> {
  const { sql } = db.dialect;
  for (const field of ['id', 'uid', 'username', 'email'] as const) {
    const value = names[field];
    if (value === undefined || value === null) continue;
    const [holder] = await runQuery(db, sql.selectFrom('users').select('id').where(field, '=', value));
    if (holder && holder.id !== but) throw conflict('taken', { field });
  }
}

type Patch = Parameters<UserWrites['update']>[1];

async function updateUser(db: Db, id: number, patch: Patch): Promise<User> {
  const { sql } = db.dialect;
  if (patch.username !== undefined || patch.email !== undefined) {
    await holdNames(db);
    await refuseTaken(db, { username: patch.username, email: patch.email }, id);
  }
  const { passwordHash, guestUntil, ...rest } = patch;
  const set = {
    ...toColumns(rest),
    ...(passwordHash === undefined ? {} : { password_hash: passwordHash }),
    ...(guestUntil === undefined ? {} : { guest_until: guestUntil }),
  };
  if (Object.keys(set).length > 0) {
    await runChange(db, sql.updateTable('users').set(set).where('id', '=', id));
  }
  const [row] = await byId(db, { id });
  if (!row) throw notFound('user.unknown');
  return toUser(row);
}

/** What is given, by its columns; what search compares follows from it. */
function toColumns(user: Partial<User>): Partial<Omit<UserTable, 'id'>> {
  const columns = {
    uid: user.uid,
    uid_key: user.uid === undefined ? undefined : keyOf(user.uid),
    username: user.username,
    username_key: user.username ? keyOf(user.username) : user.username,
    email: user.email,
    display_name: user.displayName,
    name_key: user.displayName === undefined ? undefined : keyOf(user.displayName),
    avatar_url: user.avatarUrl,
    role: user.role,
    status: user.status,
    token_version: user.tokenVersion,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    guest_of: user.guestOf,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
}
