import type { Meeting, MeetingSession } from '../../core/meetings/meeting.ts';
import { nextNumber } from './counters.ts';
import type { Db } from './db.ts';
import { putParticipants, relistMeeting } from './meeting-participant-writes.ts';
import { type MeetingState, meetingState } from './meeting-rows.ts';
import { putSessions } from './meeting-session-rows.ts';
import { tally } from './meeting-tallies.ts';
import type { MeetingTable } from './schema.ts';
import { change } from './statements.ts';

const insertRow = change<MeetingTable>((sql, p) =>
  sql.insertInto('meetings').values({
    id: p.id,
    parent_id: p.parent_id,
    round: p.round,
    series_id: p.series_id,
    occurrence_day: p.occurrence_day,
    title: p.title,
    title_key: p.title_key,
    description: p.description,
    start_time: p.start_time,
    end_time: p.end_time,
    max_participants: p.max_participants,
    type: p.type,
    status: p.status,
    creator_id: p.creator_id,
    settings: p.settings,
    has_password: p.has_password,
    password_hash: p.password_hash,
    locked: p.locked,
    created_at: p.created_at,
    updated_at: p.updated_at,
    started_at: p.started_at,
    ended_at: p.ended_at,
    empty_at: p.empty_at,
    version: p.version,
    due_at: p.due_at,
    planned_at: p.planned_at,
    until_at: p.until_at,
    ongoing: p.ongoing,
    online: p.online,
    people: p.people,
    sessions: p.sessions,
    duration_ms: p.duration_ms,
  }),
);
const update = change<MeetingState & { id: number; was: number; begun: number; lasted: number }>((sql, p) =>
  sql
    .updateTable('meetings')
    .set((eb) => ({
      round: p.round,
      title: p.title,
      title_key: p.title_key,
      description: p.description,
      start_time: p.start_time,
      end_time: p.end_time,
      max_participants: p.max_participants,
      type: p.type,
      status: p.status,
      settings: p.settings,
      locked: p.locked,
      updated_at: p.updated_at,
      started_at: p.started_at,
      ended_at: p.ended_at,
      empty_at: p.empty_at,
      version: p.version,
      due_at: p.due_at,
      planned_at: p.planned_at,
      until_at: p.until_at,
      ongoing: p.ongoing,
      online: p.online,
      people: p.people,
      sessions: eb('sessions', '+', p.begun),
      duration_ms: eb('duration_ms', '+', p.lasted),
    }))
    .where('id', '=', p.id)
    .where('version', '=', p.was),
);

export async function insertMeeting(db: Db, meeting: Meeting, passwordHash: string | null): Promise<Meeting> {
  // Not even that of a meeting that is gone: its events are still there.
  const id = await nextNumber(db, 'meeting');
  const { begun, ended, lasted } = turnover(undefined, meeting);
  await insertRow(db, {
    ...meetingState(meeting),
    id,
    parent_id: meeting.parentId,
    series_id: meeting.seriesId,
    occurrence_day: meeting.occurrenceDay,
    creator_id: meeting.creatorId,
    created_at: meeting.createdAt,
    has_password: passwordHash === null ? 0 : 1,
    password_hash: passwordHash,
    sessions: begun,
    duration_ms: lasted,
  });
  const made = { ...meeting, id, hasPassword: passwordHash !== null };
  const sessions = made.sessions.map((session) => ({ ...session, meetingId: id }));
  const written = await writePeople(db, { ...made, sessions }, undefined);
  tally(db, id, {
    ...(counts(meeting) && { [meeting.status]: 1 }),
    sessions: begun,
    open_sessions: begun - ended,
    duration_ms: lasted,
  });
  return written;
}

/** The version decides, in the database: of two who read the same meeting one writes. */
export async function saveMeeting(db: Db, before: Meeting, after: Meeting): Promise<Meeting | undefined> {
  const { begun, ended, lasted } = turnover(before, after);
  const state = { ...meetingState(after), id: before.id, was: before.version };
  if ((await update(db, { ...state, begun, lasted })) !== 1) return undefined;
  await relistMeeting(db, before, after);
  const written = await writePeople(db, after, before);
  tally(db, before.id, {
    ...(counts(after) && before.status !== after.status && { [before.status]: -1, [after.status]: 1 }),
    sessions: begun,
    open_sessions: begun - ended,
    duration_ms: lasted,
  });
  return written;
}

/** Breakout rooms are no meetings of their own; what is done in them counts. */
const counts = ({ parentId }: Meeting): boolean => parentId === null;

/** Values are replaced, never changed in place: what is the same object is the same. */
async function writePeople(db: Db, after: Meeting, before: Meeting | undefined): Promise<Meeting> {
  const people = after.participants.filter((person) => !before?.participants.includes(person));
  const meeting = people.length === 0 ? after : await putParticipants(db, after, people);
  const numbers = new Map(meeting.participants.map(({ userId, id }) => [userId, id]));
  const sessions = changedSessions(before, meeting).map((session) => ({
    ...session,
    participantId: numbers.get(session.userId) ?? session.participantId,
  }));
  await putSessions(db, sessions);
  const written = new Map(sessions.map((session) => [session.id, session]));
  return {
    ...meeting,
    sessions: meeting.sessions
      .map((session) => written.get(session.id) ?? session)
      .filter(({ endedAt }) => endedAt === null),
  };
}

const changedSessions = (before: Meeting | undefined, after: Meeting): MeetingSession[] =>
  after.sessions.filter((session) => !before?.sessions.includes(session));

/** How many connections begin and end with this change, and how long those lasted together. */
function turnover(before: Meeting | undefined, after: Meeting) {
  const known = new Set(before?.sessions.map(({ id }) => id));
  const changed = changedSessions(before, after);
  let lasted = 0;
  let ended = 0;
  for (const { startedAt, endedAt } of changed) {
    if (endedAt === null) continue;
    ended++;
    lasted += Math.max(0, endedAt - startedAt);
  }
  return { begun: changed.filter(({ id }) => !known.has(id)).length, ended, lasted };
}
