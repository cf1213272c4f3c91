import type { Participant } from '../../core/meetings/meeting.ts';
import type { MeetingQueries } from '../../ports/store/meetings.ts';
import type { Db } from './db.ts';
import { PARTICIPANT_COLUMNS, type PersonRow, toParticipant } from './meeting-rows.ts';
import { query, queryIn } from './statements.ts';

type State = Participant['state'];
/** Everybody whom a meeting still has. */
const PRESENT: readonly State[] = ['invited', 'waiting', 'online', 'offline'];

const one = query<{ id: number; userId: number }, PersonRow>((sql, p) =>
  sql
    .selectFrom('meeting_participants as p')
    .select(PARTICIPANT_COLUMNS)
    .where('p.meeting_id', '=', p.id)
    .where('p.user_id', '=', p.userId),
);
const whose = query<{ number: number }, { meetingId: number; userId: number }>((sql, p) =>
  sql
    .selectFrom('meeting_participants')
    .select(['meeting_id as meetingId', 'user_id as userId'])
    .where('id', '=', p.number),
);
const partsOf = queryIn<number, { userId: number }, PersonRow & { meeting_id: number }>((sql, ids, p) =>
  sql
    .selectFrom('meeting_participants as p')
    .select(PARTICIPANT_COLUMNS)
    .select('p.meeting_id')
    .where('p.meeting_id', 'in', ids)
    .where('p.user_id', '=', p.userId),
);
const inStates = queryIn<State, { id: number; limit: number; offset: number }, PersonRow>((sql, states, p) =>
  sql
    .selectFrom('meeting_participants as p')
    .select(PARTICIPANT_COLUMNS)
    .where('p.meeting_id', '=', p.id)
    .where('p.state', 'in', states)
    .orderBy('p.id')
    .limit(p.limit)
    .offset(p.offset),
);
const countIn = queryIn<State, { id: number }, { n: number }>((sql, states, p) =>
  sql
    .selectFrom('meeting_participants')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('meeting_id', '=', p.id)
    .where('state', 'in', states),
);

type ParticipantQueries = Pick<
  MeetingQueries,
  'participant' | 'whose' | 'partsOf' | 'participants' | 'countParticipants'
>;

export const participantsOf = (db: Db): ParticipantQueries => ({
  participant: async (id, userId) => (await one(db, { id, userId })).map(toParticipant)[0],
  whose: async (number) => (await whose(db, { number }))[0],
  partsOf: async (userId, ids) => {
    const rows = await partsOf(db, ids, { userId });
    return new Map(rows.map((row) => [row.meeting_id, toParticipant(row)]));
  },
  participants: async (id, page, states = PRESENT) =>
    (await inStates(db, states, { id, ...page })).map(toParticipant),
  countParticipants: async (id, states = PRESENT) => (await countIn(db, states, { id }))[0]?.n ?? 0,
});
