import { describe, expect, it } from 'vitest';
import type { Db } from '../../src/adapters/storage/db.ts';
import type { Dialect } from '../../src/adapters/storage/dialect.ts';
import { invitationsOf } from '../../src/adapters/storage/invitations.ts';
import { mailsOf } from '../../src/adapters/storage/mails.ts';
import { backends } from '../support/databases.ts';
import { type Ask, EXPLAIN, filled, type Write } from './explain.ts';

const INVITATIONS = 2_000;
const AT = 1_800_000_000_000;

describe.each(backends())(`what ${INVITATIONS} invitations and letters are read by on %s`, (kind) => {
  const database = filled(kind, ['invitations', 'mails'], fillBoth);

  const asks: Record<string, Ask> = {
    'one of a meeting': (db: Db) => invitationsOf(db).get(5, 'inv_20'),
    'all of a meeting': (db) => invitationsOf(db).of(5),
    'a page of those that stand': (db) => invitationsOf(db).page(5, { limit: 20, offset: 0 }),
    'their count': (db) => invitationsOf(db).count(5),
    'the last sequence': (db) => invitationsOf(db).sequence(5),
    'letters that are due': (db) => mailsOf(db).due(AT, 4),
  };
  it.each(Object.entries(asks))('%s: one statement, by an index', async (_, ask) => {
    const plan = await database.planOf(ask);
    expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
    expect(plan).toMatch(/index|key/i);
  });
});

/** Ten of each meeting; few letters are due. */
async function fillBoth({ sql }: Dialect, write: Write): Promise<void> {
  for (let from = 1; from <= INVITATIONS; from += 50) {
    const numbers = Array.from({ length: 50 }, (_, i) => from + i);
    await write(
      sql.insertInto('invitations').values(
        numbers.map((n) => ({
          id: `inv_${n}`,
          meeting_id: Math.ceil(n / 10),
          user_id: n % 2 === 0 ? n : null,
          email: n % 2 === 0 ? null : `p${n}@example.com`,
          by_id: 1,
          at: AT,
          sequence: 0,
          state: n % 5 === 0 ? 'withdrawn' : 'invited',
        })),
      ),
    );
    await write(
      sql.insertInto('mails').values(
        numbers.map((n) => ({
          id: `mail_${n}`,
          sealed: 'x',
          created_at: AT,
          next_at: n % 100 === 0 ? AT : AT + n,
          until_at: AT + 1,
          tries: 1,
        })),
      ),
    );
  }
}
