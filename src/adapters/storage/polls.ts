import type { Poll, Vote } from '../../core/polls/poll.ts';
import type { PollQueries, PollWrites } from '../../ports/store/polls.ts';
import { nextNumber } from './counters.ts';
import type { Db } from './db.ts';
import type { PollTable, PollVoteTable } from './schema.ts';
import { change, query, queryIn } from './statements.ts';

const COLUMNS = [
  'id',
  'meeting_id',
  'creator_id',
  'question',
  'options',
  'multiple',
  'anonymous',
  'results',
  'status',
  'counts',
  'voters',
  'created_at',
  'opened_at',
  'closed_at',
  'told_at',
  'due_at',
] as const;
const DRAFT = 'draft';

interface Of {
  id: number;
}

const byId = query<Of, PollTable>((sql, p) => sql.selectFrom('polls').select(COLUMNS).where('id', '=', p.id));
const held = query<Of, PollTable>((sql, p, dialect) => {
  const row = sql.selectFrom('polls').select(COLUMNS).where('id', '=', p.id);
  return dialect.rowLocks ? row.forUpdate() : row;
});
/** `but`: not those of this status. */
interface Among {
  meetingId: number;
  but: string;
}
const page = query<Among & { limit: number; offset: number }, PollTable>((sql, p) =>
  sql
    .selectFrom('polls')
    .select(COLUMNS)
    .where('meeting_id', '=', p.meetingId)
    .where('status', '!=', p.but)
    .orderBy('id', 'desc')
    .limit(p.limit)
    .offset(p.offset),
);
const count = query<Among, { n: number }>((sql, p) =>
  sql
    .selectFrom('polls')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('meeting_id', '=', p.meetingId)
    .where('status', '!=', p.but),
);
const open = query<{ meetingId: number }, PollTable>((sql, p) =>
  sql
    .selectFrom('polls')
    .select(COLUMNS)
    .where('meeting_id', '=', p.meetingId)
    .where('status', '=', 'open')
    .orderBy('id'),
);
const votesOf = queryIn<number, { userId: number }, PollVoteTable>((sql, ids, p) =>
  sql
    .selectFrom('poll_votes')
    .select(['poll_id', 'user_id', 'options'])
    .where('poll_id', 'in', ids)
    .where('user_id', '=', p.userId),
);
const votes = query<Of & { limit: number; offset: number }, PollVoteTable>((sql, p) =>
  sql
    .selectFrom('poll_votes')
    .select(['poll_id', 'user_id', 'options'])
    .where('poll_id', '=', p.id)
    .orderBy('user_id')
    .limit(p.limit)
    .offset(p.offset),
);
const due = query<{ now: number; limit: number }, Of>((sql, p) =>
  sql.selectFrom('polls').select('id').where('due_at', '<=', p.now).orderBy('due_at').limit(p.limit),
);
const insert = change<PollTable>((sql, p) =>
  sql.insertInto('polls').values({
    id: p.id,
    meeting_id: p.meeting_id,
    creator_id: p.creator_id,
    question: p.question,
    options: p.options,
    multiple: p.multiple,
    anonymous: p.anonymous,
    results: p.results,
    status: p.status,
    counts: p.counts,
    voters: p.voters,
    created_at: p.created_at,
    opened_at: p.opened_at,
    closed_at: p.closed_at,
    told_at: p.told_at,
    due_at: p.due_at,
  }),
);
const save = change<PollTable>((sql, p) =>
  sql
    .updateTable('polls')
    .set({
      question: p.question,
      options: p.options,
      multiple: p.multiple,
      anonymous: p.anonymous,
      results: p.results,
      status: p.status,
      counts: p.counts,
      voters: p.voters,
      opened_at: p.opened_at,
      closed_at: p.closed_at,
      told_at: p.told_at,
      due_at: p.due_at,
    })
    .where('id', '=', p.id),
);
const putVote = change<PollVoteTable>((sql, p, dialect) =>
  dialect.replaceTaken(
    sql.insertInto('poll_votes').values({ poll_id: p.poll_id, user_id: p.user_id, options: p.options }),
    ['poll_id', 'user_id'],
    ['options'],
  ),
);
const drop = change<Of>((sql, p) => sql.deleteFrom('polls').where('id', '=', p.id));
const dropVotes = change<Of>((sql, p) => sql.deleteFrom('poll_votes').where('poll_id', '=', p.id));
const dropOf = change<Of>((sql, p) => sql.deleteFrom('polls').where('meeting_id', '=', p.id));
const dropVotesOf = change<Of>((sql, p) =>
  sql
    .deleteFrom('poll_votes')
    .where('poll_id', 'in', (eb) => eb.selectFrom('polls').select('polls.id').where('meeting_id', '=', p.id)),
);

export function pollsOf(db: Db): PollQueries & PollWrites {
  const among = (meetingId: number, drafts: boolean): Among => ({ meetingId, but: drafts ? '' : DRAFT });
  return {
    byId: async (id) => first(await byId(db, { id })),
    page: async (meetingId, range, drafts) =>
      (await page(db, { ...among(meetingId, drafts), ...range })).map(toPoll),
    count: async (meetingId, drafts) => (await count(db, among(meetingId, drafts)))[0]?.n ?? 0,
    open: async (meetingId) => (await open(db, { meetingId })).map(toPoll),
    votesOf: async (userId, ids) =>
      new Map((await votesOf(db, ids, { userId })).map((row) => [row.poll_id, toVote(row)])),
    votes: async (id, range) => (await votes(db, { id, ...range })).map(toVote),
    due: async (now, limit) => (await due(db, { now, limit })).map(({ id }) => id),
    lock: async (id) => first(await held(db, { id })),
    insert: async (poll) => {
      // Not even that of a poll that is gone: its events are still there.
      const numbered = { ...poll, id: await nextNumber(db, 'poll') };
      await insert(db, toRow(numbered));
      return numbered;
    },
    save: async (poll) => {
      await save(db, toRow(poll));
    },
    putVote: async ({ pollId, userId, options }) => {
      const chosen = options && JSON.stringify(options);
      await putVote(db, { poll_id: pollId, user_id: userId, options: chosen });
    },
    remove: async (id) => {
      await dropVotes(db, { id });
      await drop(db, { id });
    },
  };
}

/** All of a meeting that goes for good. */
export async function removePollsOf(db: Db, meetingId: number): Promise<void> {
  await dropVotesOf(db, { id: meetingId });
  await dropOf(db, { id: meetingId });
}

const first = ([row]: PollTable[]): Poll | undefined => row && toPoll(row);

const toVote = (row: PollVoteTable): Vote => ({
  pollId: row.poll_id,
  userId: row.user_id,
  options: row.options === null ? null : JSON.parse(row.options),
});

const toPoll = (row: PollTable): Poll => ({
  id: row.id,
  meetingId: row.meeting_id,
  creatorId: row.creator_id,
  question: row.question,
  options: JSON.parse(row.options),
  multiple: row.multiple === 1,
  anonymous: row.anonymous === 1,
  results: row.results as Poll['results'],
  status: row.status as Poll['status'],
  counts: JSON.parse(row.counts),
  voters: row.voters,
  createdAt: row.created_at,
  openedAt: row.opened_at,
  closedAt: row.closed_at,
  toldAt: row.told_at,
  dueAt: row.due_at,
});

const toRow = (poll: Poll): PollTable => ({
  id: poll.id,
  meeting_id: poll.meetingId,
  creator_id: poll.creatorId,
  question: poll.question,
  options: JSON.stringify(poll.options),
  multiple: poll.multiple ? 1 : 0,
  anonymous: poll.anonymous ? 1 : 0,
  results: poll.results,
  status: poll.status,
  counts: JSON.stringify(poll.counts),
  voters: poll.voters,
  created_at: poll.createdAt,
  opened_at: poll.openedAt,
  closed_at: poll.closedAt,
  told_at: poll.toldAt,
  due_at: poll.dueAt,
});
