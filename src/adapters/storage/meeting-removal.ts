import type { Db } from './db.ts';
import { tally } from './meeting-tallies.ts';
import { removePollsOf } from './polls.ts';
import { change, changeIn, query } from './statements.ts';

interface Of {
  id: number;
}

const meeting = query<
  Of,
  { status: string; parent_id: number | null; sessions: number; duration_ms: number }
>((sql, p, dialect) => {
  const row = sql
    .selectFrom('meetings')
    .select(['status', 'parent_id', 'sessions', 'duration_ms'])
    .where('id', '=', p.id);
  return dialect.rowLocks ? row.forUpdate() : row;
});
const rooms = query<Of, Of>((sql, p) =>
  sql
    .selectFrom('meetings')
    .select('id')
    .where('ongoing', '=', 0)
    .where('parent_id', '=', p.id)
    .orderBy('id'),
);
const open = query<Of, { n: number }>((sql, p) =>
  sql
    .selectFrom('meeting_sessions')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('meeting_id', '=', p.id)
    .where('ended_at', 'is', null),
);
const guests = query<Of, { user_id: number }>((sql, p) =>
  sql
    .selectFrom('meeting_participants')
    .select('user_id')
    .where('meeting_id', '=', p.id)
    .where('guest', '=', 1),
);
const dropDeleted = changeIn<number, Of>((sql, ids, p) =>
  sql.deleteFrom('users').where('id', 'in', ids).where('guest_of', '=', p.id).where('status', '=', 'deleted'),
);
const dropMeeting = change<Of>((sql, p) => sql.deleteFrom('meetings').where('id', '=', p.id));
const dropPeople = change<Of>((sql, p) =>
  sql.deleteFrom('meeting_participants').where('meeting_id', '=', p.id),
);
const dropSessions = change<Of>((sql, p) =>
  sql.deleteFrom('meeting_sessions').where('meeting_id', '=', p.id),
);
const dropMessages = change<Of>((sql, p) =>
  sql.deleteFrom('meeting_messages').where('meeting_id', '=', p.id),
);
const dropInvitations = change<Of>((sql, p) => sql.deleteFrom('invitations').where('meeting_id', '=', p.id));

/**
 * Takes a meeting away with all that belongs to it, also out of what all meetings come to. Its
 * breakout rooms go with it; one that is not over yet, when it is.
 */
export async function removeMeeting(db: Db, id: number): Promise<void> {
  const [row] = await meeting(db, { id });
  if (!row) return;
  for (const room of await rooms(db, { id })) await removeMeeting(db, room.id);
  const openSessions = (await open(db, { id }))[0]?.n ?? 0;
  const messages = await dropMessages(db, { id });
  await removePollsOf(db, id);
  await dropSessions(db, { id });
  const visited = (await guests(db, { id })).map((row) => row.user_id);
  // Who was kept for this meeting's history alone.
  if (visited.length > 0) await dropDeleted(db, visited, { id });
  await dropPeople(db, { id });
  await dropInvitations(db, { id });
  await dropMeeting(db, { id });
  tally(db, id, {
    ...(row.parent_id === null && { [row.status]: -1 }),
    sessions: -row.sessions,
    open_sessions: -openSessions,
    duration_ms: -row.duration_ms,
    messages: -messages,
  });
}
