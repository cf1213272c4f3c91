import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/adapters/storage/dialect.ts';
import { usersOf } from '../../src/adapters/storage/users.ts';
import { backends } from '../support/databases.ts';
import { type Ask, EXPLAIN, filled, type Write } from './explain.ts';

const PEOPLE = 2_000;
const AT = 1_800_000_000_000;

describe.each(backends())(`guests among ${PEOPLE} people on %s`, (kind) => {
  const database = filled(kind, ['users'], fillUsers);

  const asks: Record<string, [Ask, index: string]> = {
    'those to be looked at': [(db) => usersOf(db).guestsDue(AT + 20, 100), 'users_guest_until'],
    'a page of everybody else': [(db) => usersOf(db).list(1_900, 20), ''],
  };
  it.each(Object.entries(asks))('%s: one statement, by an index', async (_, [ask, index]) => {
    const plan = await database.planOf(ask);
    expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
    expect(plan).toContain(index);
  });
});

/** One of twenty has no account. */
async function fillUsers({ sql }: Dialect, write: Write): Promise<void> {
  for (let from = 1; from <= PEOPLE; from += 50) {
    const numbers = Array.from({ length: 50 }, (_, i) => from + i);
    await write(
      sql.insertInto('users').values(
        numbers.map((id) => ({
          id,
          uid: `p${id}`,
          uid_key: `p${id}`,
          username: null,
          username_key: null,
          email: null,
          display_name: `P ${id}`,
          name_key: `p ${id}`,
          avatar_url: null,
          role: 'user',
          status: 'active',
          token_version: 1,
          password_hash: null,
          created_at: AT,
          updated_at: AT,
          guest_of: id % 20 === 0 ? 7 : null,
          guest_until: id % 20 === 0 ? AT + id : null,
        })),
      ),
    );
  }
}
