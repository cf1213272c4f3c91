import { describe, expect, it } from 'vitest';
import type { Db } from '../../src/adapters/storage/db.ts';
import type { Dialect } from '../../src/adapters/storage/dialect.ts';
import { pollsOf } from '../../src/adapters/storage/polls.ts';
import { backends } from '../support/databases.ts';
import { type Ask, EXPLAIN, filled, type Write } from './explain.ts';

const POLLS = 2_000;
const VOTERS = 1_000;
const AT = 1_800_000_000_000;
const PAGE = { limit: 20, offset: 0 };

describe.each(backends())(`what ${POLLS} polls are read by on %s`, (kind) => {
  const database = filled(kind, ['polls', 'poll_votes'], fillPolls);

  const asks: Record<string, Ask> = {
    // With how everybody has voted: the counts lie in it.
    'a poll with all its voters': (db: Db) => pollsOf(db).byId(7),
    'a page of a meeting’s': (db) => pollsOf(db).page(5, PAGE, false),
    'their count': (db) => pollsOf(db).count(5, true),
    'those that are open': (db) => pollsOf(db).open(5),
    'what somebody has said': (db) => pollsOf(db).votesOf(3, [5, 6, 7, 8]),
    'a page of votes': (db) => pollsOf(db).votes(7, PAGE),
    'what is to be told': (db) => pollsOf(db).due(AT, 100),
  };
  it.each(Object.entries(asks))('%s: one statement, by an index', async (_, ask) => {
    const plan = await database.planOf(ask);
    expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
    expect(plan).toMatch(/index|key/i);
  });
});

/** Four of each meeting; one of them has many voters. */
async function fillPolls({ sql }: Dialect, write: Write): Promise<void> {
  for (let from = 1; from <= POLLS; from += 50) {
    const numbers = Array.from({ length: 50 }, (_, i) => from + i);
    await write(
      sql.insertInto('polls').values(
        numbers.map((n) => ({
          id: n,
          meeting_id: Math.ceil(n / 4),
          creator_id: 1,
          question: 'When?',
          options: '["a","b"]',
          multiple: 0,
          anonymous: 0,
          results: 'live',
          status: n % 4 === 0 ? 'open' : 'closed',
          counts: '[0,0]',
          voters: 0,
          created_at: AT,
          opened_at: AT,
          closed_at: null,
          told_at: AT,
          due_at: n % 500 === 0 ? AT : null,
        })),
      ),
    );
  }
  for (let from = 1; from <= VOTERS; from += 100) {
    const votes = Array.from({ length: 100 }, (_, i) => ({ poll_id: 7, user_id: from + i, options: '[1]' }));
    await write(sql.insertInto('poll_votes').values(votes));
  }
}
