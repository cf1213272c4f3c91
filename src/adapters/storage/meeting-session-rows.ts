import type { MeetingSession } from '../../core/meetings/meeting.ts';
import type { Db } from './db.ts';
import type { MeetingSessionTable } from './schema.ts';
import { insertRows, query } from './statements.ts';

export const SESSION_COLUMNS = [
  'id',
  'meeting_id',
  'participant_id',
  'user_id',
  'kind',
  'sid',
  'node_id',
  'device',
  'started_at',
  'ended_at',
  'reason',
  'quality',
] as const;
export type SessionRow = Pick<MeetingSessionTable, (typeof SESSION_COLUMNS)[number]>;

export const toSession = (row: SessionRow): MeetingSession => ({
  id: row.id,
  meetingId: row.meeting_id,
  participantId: row.participant_id,
  userId: row.user_id,
  kind: row.kind as MeetingSession['kind'],
  sid: row.sid,
  nodeId: row.node_id,
  device: row.device,
  startedAt: row.started_at,
  endedAt: row.ended_at,
  reason: row.reason as MeetingSession['reason'],
  quality: row.quality === null ? null : (JSON.parse(row.quality) as MeetingSession['quality']),
});

const sessionRow = (session: MeetingSession): MeetingSessionTable => ({
  id: session.id,
  meeting_id: session.meetingId,
  participant_id: session.participantId,
  user_id: session.userId,
  kind: session.kind,
  sid: session.sid,
  node_id: session.nodeId,
  device: session.device,
  started_at: session.startedAt,
  ended_at: session.endedAt,
  reason: session.reason,
  quality: session.quality && JSON.stringify(session.quality),
  held_by: session.endedAt === null ? session.nodeId : null,
});

const open = query<{ meetingId: number }, SessionRow>((sql, p) =>
  sql
    .selectFrom('meeting_sessions')
    .select(SESSION_COLUMNS)
    .where('meeting_id', '=', p.meetingId)
    .where('ended_at', 'is', null)
    .orderBy('started_at')
    .orderBy('id'),
);
const put = insertRows<MeetingSessionTable>((sql, rows, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('meeting_sessions').values(
      rows.map((row) => ({
        id: row.id,
        meeting_id: row.meeting_id,
        participant_id: row.participant_id,
        user_id: row.user_id,
        kind: row.kind,
        sid: row.sid,
        node_id: row.node_id,
        device: row.device,
        started_at: row.started_at,
        ended_at: row.ended_at,
        reason: row.reason,
        quality: row.quality,
        held_by: row.held_by,
      })),
    ),
    ['id'],
    // What was measured is written by itself, and may be younger than what the meeting was read with.
    ['sid', 'node_id', 'device', 'ended_at', 'reason', 'held_by'],
  ),
);

/** The connections of a meeting that there are now, in the order they came. */
export const openSessions = async (db: Db, meetingId: number): Promise<MeetingSession[]> =>
  (await open(db, { meetingId })).map(toSession);

export const putSessions = (db: Db, sessions: readonly MeetingSession[]): Promise<number> =>
  put(db, sessions.map(sessionRow));
