import type { MeetingNumbers, MeetingTotals } from '../../ports/store/meeting-sessions.ts';
import type { Page } from '../../ports/store/meetings.ts';
import type { Db } from './db.ts';
import { tallied } from './meeting-tallies.ts';
import type { MeetingTable } from './schema.ts';
import { query, queryIn } from './statements.ts';
import { countUsers } from './user-pages.ts';

const COLUMNS = [
  'm.id',
  'm.title',
  'm.status',
  'm.online',
  'm.people',
  'm.sessions',
  'm.started_at',
  'm.ended_at',
] as const;
type NumbersRow = Pick<
  MeetingTable,
  'id' | 'title' | 'status' | 'online' | 'people' | 'sessions' | 'started_at' | 'ended_at'
>;

const all = query<Page, NumbersRow>((sql, p) =>
  sql
    .selectFrom('meetings as m')
    .select(COLUMNS)
    .where('m.parent_id', 'is', null)
    .orderBy('m.ongoing', 'desc')
    .orderBy('m.id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
);
const ofPerson = query<Page & { userId: number }, NumbersRow>((sql, p) =>
  sql
    .selectFrom('meeting_participants as k')
    .innerJoin('meetings as m', 'm.id', 'k.meeting_id')
    .select(COLUMNS)
    .where('k.listed_for', '=', p.userId)
    .orderBy('m.ongoing', 'desc')
    .orderBy('m.id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
);
const messagesOf = queryIn<number, object, { meeting_id: number; n: number }>((sql, ids) =>
  sql
    .selectFrom('meeting_messages')
    .select(({ fn }) => ['meeting_id', fn.countAll<number>().as('n')])
    .where('meeting_id', 'in', ids)
    .groupBy('meeting_id'),
);

/** From what is kept with every change: no session or message is counted. */
export async function totalsOf(db: Db): Promise<MeetingTotals> {
  const { sessions, open_sessions, duration_ms, messages, ...meetings } = await tallied(db);
  return {
    users: await countUsers(db, {}),
    meetings,
    sessions: { open: open_sessions, total: sessions },
    durationS: Math.floor(duration_ms / 1000),
    messages,
  };
}

export async function numbersOf(db: Db, page: Page, userId?: number): Promise<MeetingNumbers[]> {
  const rows = userId === undefined ? await all(db, page) : await ofPerson(db, { ...page, userId });
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const messages = new Map((await messagesOf(db, ids, {})).map((row) => [row.meeting_id, row.n]));
  return rows.map((row) => ({
    meetingId: row.id,
    title: row.title,
    status: row.status as MeetingNumbers['status'],
    online: row.online,
    people: row.people,
    sessions: row.sessions,
    messages: messages.get(row.id) ?? 0,
    startedAt: row.started_at,
    endedAt: row.ended_at,
  }));
}
