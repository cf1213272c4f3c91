import type { SelectQueryBuilder } from 'kysely';
import type { UserFilter, UserKey, UserPage } from '../../ports/store/user-filter.ts';
import type { Db } from './db.ts';
import { contains } from './like.ts';
import type { Schema } from './schema.ts';
import { runQuery } from './statements.ts';
import { keyOf, USER_COLUMNS, type UserRow } from './user-rows.ts';

/** What each order compares; the id settles what is equal. */
const COLUMNS = {
  id: 'id',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  username: 'username_key',
  email: 'email',
  displayName: 'name_key',
} as const satisfies Record<UserKey, string>;

type Users<O> = SelectQueryBuilder<Schema, 'users', O>;

/** Of many shapes and rarely asked for: built anew every time. */
export async function pageOfUsers(db: Db, filter: UserFilter, page: UserPage): Promise<UserRow[]> {
  const direction = page.descending ? 'desc' : 'asc';
  const users = db.dialect.sql.selectFrom('users').select(USER_COLUMNS);
  const ordered = narrowed(users, filter).orderBy(COLUMNS[page.by], direction);
  const settled = page.by === 'id' ? ordered : ordered.orderBy('id', direction);
  return runQuery(db, settled.limit(page.limit).offset(page.offset));
}

export async function countUsers(db: Db, filter: UserFilter): Promise<number> {
  const users = db.dialect.sql.selectFrom('users').select(({ fn }) => fn.countAll<number>().as('n'));
  const [row] = await runQuery(db, narrowed(users, filter));
  return row?.n ?? 0;
}

function narrowed<O>(users: Users<O>, { search, status, role, guests = false }: UserFilter): Users<O> {
  let found =
    status === undefined ? users.where('status', '!=', 'deleted') : users.where('status', '=', status);
  found = found.where('guest_of', guests ? 'is not' : 'is', null);
  if (role !== undefined) found = found.where('role', '=', role);
  if (search === undefined) return found;
  const part = keyOf(search);
  return found.where(({ or, ref }) =>
    or([
      contains(ref('uid_key'), part),
      contains(ref('username_key'), part),
      contains(ref('name_key'), part),
      contains(ref('email'), part),
    ]),
  );
}
