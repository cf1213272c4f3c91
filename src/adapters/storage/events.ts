import type { LoggedEvent, OrderedEvent } from '../../core/events.ts';
import type { EventQueries, EventWrites } from '../../ports/store/events.ts';
import type { Db } from './db.ts';
import { lockRows } from './locks.ts';
import type { EventTable } from './schema.ts';
import { change, insertRows, query } from './statements.ts';

type EventRow = Omit<EventTable, 'id'>;

const COLUMNS = ['subject', 'seq', 'type', 'at', 'data', 'position'] as const;

const ofSubject = query<{ subject: string; after: number; limit: number }, EventRow>((sql, p) =>
  sql
    .selectFrom('events')
    .select(COLUMNS)
    .where('subject', '=', p.subject)
    .where('seq', '>', p.after)
    .orderBy('seq')
    .limit(p.limit),
);
const ordered = query<{ after: number; limit: number }, EventRow & { position: number }>((sql, p) =>
  sql.selectFrom('events').select(COLUMNS).where('position', '>', p.after).orderBy('position').limit(p.limit),
);
const insert = insertRows<LoggedEvent & { text: string }>((sql, rows) =>
  sql.insertInto('events').values(
    rows.map((row) => ({
      subject: row.subject,
      seq: row.seq,
      type: row.type,
      at: row.at,
      data: row.text,
      position: null,
    })),
  ),
);
const lastPosition = query<object, { value: number }>((sql) =>
  sql.selectFrom('counters').select('value').where('name', '=', 'position'),
);
const holdLast = query<object, { value: number }>((sql, _, dialect) =>
  lockRows(dialect, sql.selectFrom('counters').select('value').where('name', '=', 'position')),
);
const setLast = change<{ value: number }>((sql, p) =>
  sql.updateTable('counters').set({ value: p.value }).where('name', '=', 'position'),
);
const waiting = query<{ limit: number }, { id: number }>((sql, p) =>
  sql.selectFrom('events').select('id').where('position', 'is', null).orderBy('id').limit(p.limit),
);
const place = change<{ shift: number; from: number; to: number }>((sql, p) =>
  sql
    .updateTable('events')
    .set((eb) => ({ position: eb('id', '+', p.shift) }))
    .where('id', '>=', p.from)
    .where('id', '<=', p.to),
);
const count = change<{ subject: string }>((sql, p) =>
  sql
    .updateTable('subjects')
    .set((eb) => ({ seq: eb('seq', '+', 1) }))
    .where('subject', '=', p.subject),
);
const beginCount = change<{ subject: string }>((sql, p, dialect) =>
  dialect.ignoreTaken(sql.insertInto('subjects').values({ subject: p.subject, seq: 0 })),
);
const counted = query<{ subject: string }, { seq: number }>((sql, p) =>
  sql.selectFrom('subjects').select('seq').where('subject', '=', p.subject),
);

export function eventsOf(db: Db): EventQueries & EventWrites {
  return {
    ofSubject: async (subject, after, limit) => (await ofSubject(db, { subject, after, limit })).map(toEvent),
    ordered: async (after, limit) => (await ordered(db, { after, limit })).map(toOrdered),
    lastPosition: async () => (await lastPosition(db, {}))[0]?.value ?? 0,
    unsequenced: async () => (await waiting(db, { limit: 1 })).length > 0,
    append: (events) => append(db, events),
    appendNext: async (subject, type, at, data) => {
      const event = { subject, seq: await nextSeq(db, subject), type, at, data };
      await append(db, [event]);
      return event;
    },
    sequence: (limit) => sequence(db, limit),
  };
}

async function append(db: Db, events: readonly LoggedEvent[]): Promise<void> {
  await insert(
    db,
    events.map((event) => ({ ...event, text: JSON.stringify(event.data) })),
  );
}

/** The subject's row is held until the transaction ends, so its numbers come in the order of commits. */
async function nextSeq(db: Db, subject: string): Promise<number> {
  if ((await count(db, { subject })) === 0) {
    await beginCount(db, { subject });
    await count(db, { subject });
  }
  const [row] = await counted(db, { subject });
  if (!row) throw new Error(`no counter for ${subject}`);
  return row.seq;
}

/**
 * Ids are given while a subject is held, so within a subject they rise with `seq`; ids of one batch
 * that follow each other move to their positions in one statement. Whoever else sequences waits on
 * the counter's row.
 */
async function sequence(db: Db, limit: number): Promise<number> {
  let last = (await holdLast(db, {}))[0]?.value ?? 0;
  const ids = (await waiting(db, { limit })).map((row) => row.id);
  for (let from = 0; from < ids.length; ) {
    const first = ids[from] as number;
    let to = from;
    while (ids[to + 1] === (ids[to] as number) + 1) to++;
    await place(db, { shift: last + 1 - first, from: first, to: ids[to] as number });
    last += to - from + 1;
    from = to + 1;
  }
  if (ids.length > 0) await setLast(db, { value: last });
  return ids.length;
}

const toEvent = (row: EventRow): LoggedEvent => ({
  subject: row.subject,
  seq: row.seq,
  type: row.type,
  at: row.at,
  data: JSON.parse(row.data) as LoggedEvent['data'],
});

const toOrdered = (row: EventRow & { position: number }): OrderedEvent => ({
  ...toEvent(row),
  position: row.position,
});
