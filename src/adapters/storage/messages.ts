import type { MeetingMessage } from '../../core/meetings/meeting.ts';
import type { MessageQueries, MessageWrites } from '../../ports/store/messages.ts';
import type { Db } from './db.ts';
import { tally } from './meeting-tallies.ts';
import type { MeetingMessageTable } from './schema.ts';
import { change, query } from './statements.ts';

type MessageRow = Omit<MeetingMessageTable, 'id'> & { id: number };

const COLUMNS = ['id', 'meeting_id', 'user_id', 'uid', 'content', 'at'] as const;

const page = query<{ meetingId: number; after: number; limit: number; offset: number }, MessageRow>(
  (sql, p) =>
    sql
      .selectFrom('meeting_messages')
      .select(COLUMNS)
      .where('meeting_id', '=', p.meetingId)
      .where('id', '>', p.after)
      .orderBy('id')
      .limit(p.limit)
      .offset(p.offset),
);
const latest = query<{ meetingId: number; before: number; limit: number }, MessageRow>((sql, p) =>
  sql
    .selectFrom('meeting_messages')
    .select(COLUMNS)
    .where('meeting_id', '=', p.meetingId)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
);
const count = query<{ meetingId: number }, { n: number }>((sql, p) =>
  sql
    .selectFrom('meeting_messages')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('meeting_id', '=', p.meetingId),
);
const insert = change<MeetingMessage>((sql, p) =>
  sql.insertInto('meeting_messages').values({
    meeting_id: p.meetingId,
    user_id: p.userId,
    uid: p.uid,
    content: p.content,
    at: p.at,
  }),
);
const last = query<{ meetingId: number }, { id: number }>((sql, p) =>
  sql
    .selectFrom('meeting_messages')
    .select('id')
    .where('meeting_id', '=', p.meetingId)
    .orderBy('id', 'desc')
    .limit(1),
);

export function messagesOf(db: Db): MessageQueries & MessageWrites {
  return {
    page: async (meetingId, range, after = 0) =>
      (await page(db, { meetingId, after, ...range })).map(toMessage),
    latest: async (meetingId, limit, before = Number.MAX_SAFE_INTEGER) =>
      (await latest(db, { meetingId, before, limit })).map(toMessage),
    count: async (meetingId) => (await count(db, { meetingId }))[0]?.n ?? 0,
    insert: async (message) => {
      tally(db, message.meetingId, { messages: 1 });
      await insert(db, message);
      // Whoever speaks holds the meeting: the last message is this one.
      const [row] = await last(db, { meetingId: message.meetingId });
      if (!row) throw new Error(`a message of meeting ${message.meetingId} is not there after its insert`);
      return { ...message, id: row.id };
    },
  };
}

const toMessage = (row: MessageRow): MeetingMessage => ({
  id: row.id,
  meetingId: row.meeting_id,
  userId: row.user_id,
  uid: row.uid,
  content: row.content,
  at: row.at,
});
