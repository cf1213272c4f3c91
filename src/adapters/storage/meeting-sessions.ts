import type { MeetingSessionQueries, MeetingSessionWrites } from '../../ports/store/meeting-sessions.ts';
import type { Page } from '../../ports/store/meetings.ts';
import type { Db } from './db.ts';
import { numbersOf, totalsOf } from './meeting-numbers.ts';
import { SESSION_COLUMNS, type SessionRow, toSession } from './meeting-session-rows.ts';
import { change, query } from './statements.ts';

/** Undefined asks for those that last and those that have ended. */
type Open = boolean | undefined;
type Of = Page & { meetingId: number };

const byId = query<{ id: string }, SessionRow>((sql, p) =>
  sql.selectFrom('meeting_sessions').select(SESSION_COLUMNS).where('id', '=', p.id),
);
const page = perOpen((open) =>
  query<Of, SessionRow>((sql, p) =>
    sql
      .selectFrom('meeting_sessions')
      .select(SESSION_COLUMNS)
      .where('meeting_id', '=', p.meetingId)
      .$if(open !== undefined, (rows) => rows.where('ended_at', open ? 'is' : 'is not', null))
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .limit(p.limit)
      .offset(p.offset),
  ),
);
const count = perOpen((open) =>
  query<{ meetingId: number }, { n: number }>((sql, p) =>
    sql
      .selectFrom('meeting_sessions')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('meeting_id', '=', p.meetingId)
      .$if(open !== undefined, (rows) => rows.where('ended_at', open ? 'is' : 'is not', null)),
  ),
);
const ofDeadNodes = query<{ now: number }, { meeting_id: number; id: string; user_id: number }>((sql, p) =>
  sql
    .selectFrom('meeting_sessions as s')
    .leftJoin('leases as l', 'l.name', 's.held_by')
    .select(['s.meeting_id', 's.id', 's.user_id'])
    // Not null, in words that every database takes for a part of the index.
    .where('s.held_by', '>', '')
    .where(({ eb, or }) => or([eb('l.name', 'is', null), eb('l.until', '<=', p.now)])),
);
const saveQuality = change<{ id: string; quality: string }>((sql, p) =>
  sql
    .updateTable('meeting_sessions')
    .set({ quality: p.quality })
    .where('id', '=', p.id)
    .where('ended_at', 'is', null),
);

export function meetingSessionsOf(db: Db): MeetingSessionQueries & MeetingSessionWrites {
  return {
    byId: async (id) => (await byId(db, { id })).map(toSession)[0],
    page: async (meetingId, range, open) => (await page(open)(db, { meetingId, ...range })).map(toSession),
    count: async (meetingId, open) => (await count(open)(db, { meetingId }))[0]?.n ?? 0,
    ofDeadNodes: async (now) =>
      (await ofDeadNodes(db, { now })).map((row) => ({
        meetingId: row.meeting_id,
        id: row.id,
        userId: row.user_id,
      })),
    totals: () => totalsOf(db),
    numbers: (range, ofUser) => numbersOf(db, range, ofUser),
    saveQuality: async (measured) => {
      // In one order, so that two who measure wait for each other in one direction only.
      const sorted = [...measured].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const { id, quality } of sorted) await saveQuality(db, { id, quality: JSON.stringify(quality) });
    },
  };
}

/** One statement for each thing that can be asked. */
function perOpen<S>(make: (open: Open) => S): (open: Open) => S {
  const [both, lasting, over] = [make(undefined), make(true), make(false)];
  return (open) => (open === undefined ? both : open ? lasting : over);
}
