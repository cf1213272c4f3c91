import type { Db } from './db.ts';
import type { MeetingTallyTable } from './schema.ts';
import { change, query } from './statements.ts';

/**
 * What all meetings come to, kept with every change of theirs in so many rows: few to add up, and
 * enough that meetings do not wait for each other.
 */
const PARTS = 16;

export type Tally = Omit<MeetingTallyTable, 'part'>;

const ZERO: Tally = {
  scheduled: 0,
  ongoing: 0,
  ended: 0,
  cancelled: 0,
  sessions: 0,
  open_sessions: 0,
  duration_ms: 0,
  messages: 0,
};
const NAMES = Object.keys(ZERO) as (keyof Tally)[];

const add = change<MeetingTallyTable>((sql, p) =>
  sql
    .updateTable('meeting_tallies')
    .set((eb) => ({
      scheduled: eb('scheduled', '+', p.scheduled),
      ongoing: eb('ongoing', '+', p.ongoing),
      ended: eb('ended', '+', p.ended),
      cancelled: eb('cancelled', '+', p.cancelled),
      sessions: eb('sessions', '+', p.sessions),
      open_sessions: eb('open_sessions', '+', p.open_sessions),
      duration_ms: eb('duration_ms', '+', p.duration_ms),
      messages: eb('messages', '+', p.messages),
    }))
    .where('part', '=', p.part),
);
const begin = change<{ part: number }>((sql, p, dialect) =>
  dialect.ignoreTaken(sql.insertInto('meeting_tallies').values({ part: p.part, ...ZERO })),
);
const all = query<object, MeetingTallyTable>((sql) => sql.selectFrom('meeting_tallies').selectAll());

/** What each transaction has counted so far, part by part. */
const counted = new WeakMap<Db, Map<number, Tally>>();

/** Counts a change of a meeting; it is written when the transaction ends. */
export function tally(db: Db, meetingId: number, by: Partial<Tally>): void {
  const parts = counted.get(db) ?? new Map<number, Tally>();
  counted.set(db, parts);
  const part = meetingId % PARTS;
  const sum = { ...(parts.get(part) ?? ZERO) };
  for (const name of NAMES) sum[name] += by[name] ?? 0;
  parts.set(part, sum);
}

/**
 * Writes what a transaction has counted, last and in the order of the parts, which many transactions
 * share: two that change several meetings each would wait for each other otherwise.
 */
export async function writeTallies(db: Db): Promise<void> {
  const parts = [...(counted.get(db) ?? [])].sort(([one], [other]) => one - other);
  for (const [part, sum] of parts) {
    const row = { ...sum, part };
    if (NAMES.every((name) => row[name] === 0) || (await add(db, row)) === 1) continue;
    await begin(db, row);
    await add(db, row);
  }
}

export async function tallied(db: Db): Promise<Tally> {
  const rows = await all(db, {});
  const sum = { ...ZERO };
  for (const row of rows) for (const name of NAMES) sum[name] += row[name];
  return sum;
}
