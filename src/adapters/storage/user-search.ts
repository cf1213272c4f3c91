import type { Db } from './db.ts';
import { type Answer, query } from './statements.ts';
import { keyOf, USER_COLUMNS, type UserRow } from './user-rows.ts';

interface Range {
  from: string;
  to: string;
  limit: number;
}

/** All that begins with a text is one range of an index that compares bytes: no `%` means anything. */
const within = (key: 'uid_key' | 'username_key' | 'name_key') =>
  query<Range, UserRow>((sql, p) =>
    sql
      .selectFrom('users')
      .select(USER_COLUMNS)
      .where(key, '>=', p.from)
      .where(key, '<', p.to)
      .where('status', '=', 'active')
      .where('guest_of', 'is', null)
      .orderBy(key)
      .limit(p.limit),
  );

const ranges: readonly ((db: Db, range: Range) => Answer<UserRow>)[] = [
  within('uid_key'),
  within('username_key'),
  within('name_key'),
];

/** Those whose uid begins so come first, then usernames, then display names. */
export async function searchUsers(db: Db, prefix: string, limit: number): Promise<UserRow[]> {
  const from = keyOf(prefix);
  const found = new Map<number, UserRow>();
  for (const search of ranges) {
    if (found.size >= limit) break;
    for (const row of await search(db, { from, to: `${from}\u{10ffff}`, limit })) {
      if (found.size < limit) found.set(row.id, row);
    }
  }
  return [...found.values()];
}
