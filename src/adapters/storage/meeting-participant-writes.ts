import type { Meeting, Participant } from '../../core/meetings/meeting.ts';
import type { Db } from './db.ts';
import { type Listed, listed, type ParticipantRow, participantRow } from './meeting-rows.ts';
import { change, insertRows, query } from './statements.ts';

const KEY = ['meeting_id', 'user_id'] as const;
const STATE = [
  'role',
  'state',
  'admitted',
  'joined_at',
  'left_at',
  'deadline_at',
  'audio',
  'video',
  'screen',
  'hand_at',
  'updated_at',
  'listed_for',
  'placed_for',
  'planned_at',
  'until_at',
  'status',
] as const;

const put = insertRows<ParticipantRow>((sql, rows, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('meeting_participants').values(
      rows.map((row) => ({
        meeting_id: row.meeting_id,
        user_id: row.user_id,
        uid: row.uid,
        role: row.role,
        state: row.state,
        admitted: row.admitted,
        joined_at: row.joined_at,
        left_at: row.left_at,
        deadline_at: row.deadline_at,
        audio: row.audio,
        video: row.video,
        screen: row.screen,
        hand_at: row.hand_at,
        guest: row.guest,
        created_at: row.created_at,
        updated_at: row.updated_at,
        listed_for: row.listed_for,
        placed_for: row.placed_for,
        planned_at: row.planned_at,
        until_at: row.until_at,
        status: row.status,
        creator_id: row.creator_id,
      })),
    ),
    KEY,
    STATE,
  ),
);
const numbersOf = query<{ meetingId: number }, { id: number; user_id: number }>((sql, p) =>
  sql
    .selectFrom('meeting_participants')
    .select(['id', 'user_id'])
    .where('meeting_id', '=', p.meetingId)
    .orderBy('id'),
);
const relist = change<Listed & { id: number }>((sql, p) =>
  sql
    .updateTable('meeting_participants')
    .set({ planned_at: p.planned_at, until_at: p.until_at, status: p.status })
    .where('meeting_id', '=', p.id),
);

/** The meeting with the numbers that the database has given to those who are new. */
export async function putParticipants(
  db: Db,
  meeting: Meeting,
  changed: readonly Participant[],
): Promise<Meeting> {
  await put(
    db,
    changed.map((person) => participantRow(meeting, person)),
  );
  if (!changed.some(({ id }) => id === 0)) return meeting;
  const rows = await numbersOf(db, { meetingId: meeting.id });
  const numbers = new Map(rows.map((row) => [row.user_id, row.id]));
  const participants = meeting.participants.map((person) => ({
    ...person,
    id: numbers.get(person.userId) ?? person.id,
  }));
  return { ...meeting, participants };
}

/** People's lists go by what their rows say of the meeting: it is said there again if it is another. */
export async function relistMeeting(db: Db, before: Meeting, after: Meeting): Promise<void> {
  const [was, is] = [listed(before), listed(after)];
  const same = was.planned_at === is.planned_at && was.until_at === is.until_at && was.status === is.status;
  if (!same) await relist(db, { id: after.id, ...is });
}
