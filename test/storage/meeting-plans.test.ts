import { describe, expect, it } from 'vitest';
import type { Db } from '../../src/adapters/storage/db.ts';
import type { Dialect } from '../../src/adapters/storage/dialect.ts';
import { eventsOf } from '../../src/adapters/storage/events.ts';
import { meetingSessionsOf } from '../../src/adapters/storage/meeting-sessions.ts';
import { meetingsOf } from '../../src/adapters/storage/meetings.ts';
import { messagesOf } from '../../src/adapters/storage/messages.ts';
import { backends } from '../support/databases.ts';
import { type Ask, EXPLAIN, filled, planFor, statementsOf, type Write } from './explain.ts';

const MEETINGS = 5_000;
const PEOPLE = 500;
const AT = 1_800_000_000_000;
const TABLES = ['meetings', 'meeting_participants', 'meeting_sessions', 'meeting_messages'];
const PAGE = { limit: 20, offset: 0 };

describe.each(backends())(`what ${MEETINGS} meetings are read by on %s`, (kind) => {
  const database = filled(kind, TABLES, fillMeetings);

  const filter = { ofUser: 7 };
  const statuses = ['scheduled', 'ongoing'] as const;
  const over = ['ended', 'cancelled'] as const;
  const lists = {
    'what comes next': (db: Db) =>
      meetingsOf(db).page({ ...filter, statuses, notPastAt: AT + MEETINGS - 50 }, 'soonest', PAGE),
    'what is over': (db: Db) => meetingsOf(db).page({ ...filter, statuses: over }, 'latest', PAGE),
    'all of it in the planned order': (db: Db) => meetingsOf(db).page(filter, 'latest', PAGE),
    'some weeks of it': (db: Db) =>
      meetingsOf(db).page({ ...filter, from: AT, before: AT + 900 }, 'soonest', PAGE),
    'a page far back': (db: Db) => meetingsOf(db).page(filter, 'latest', { limit: 5, offset: 20 }),
    'all of it, newest first': (db: Db) => meetingsOf(db).page(filter, 'newest', PAGE),
    'what somebody made': (db: Db) => meetingsOf(db).page({ creatorId: 7 }, 'newest', PAGE),
    'what others made': (db: Db) => meetingsOf(db).page({ ...filter, notCreatorId: 7 }, 'latest', PAGE),
    'what a search finds': (db: Db) => meetingsOf(db).page({ ...filter, search: '42' }, 'latest', PAGE),
    'the count of all': (db: Db) => meetingsOf(db).count(filter),
    'the count of what comes next': (db: Db) => meetingsOf(db).count({ ...filter, statuses, notPastAt: AT }),
    'the count of what is over': (db: Db) => meetingsOf(db).count({ ...filter, statuses: over }),
    'the count of what a search finds': (db: Db) => meetingsOf(db).count({ ...filter, search: '42' }),
    'the numbers of it': (db: Db) => meetingSessionsOf(db).numbers(PAGE, 7),
  };
  it.each(Object.entries(lists))('somebody’s meetings, %s: that person’s rows', async (_, ask) => {
    const plan = await database.planOf(ask);
    expect(plan).toMatch(/meeting_participants_(planned|newest)/);
    expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
  });

  it('where somebody is, in breakout rooms too: that person’s rows', async () => {
    const asked = await statementsOf(database.driver.dialect, (db) => meetingsOf(db).engaging(7));
    const plans = await Promise.all(asked.map((statement) => planFor(database.driver, kind, statement)));
    expect(plans).toEqual([
      expect.stringMatching(/meeting_participants_(planned|newest)/),
      expect.stringContaining('meeting_participants_placed'),
    ]);
  });

  const rest = {
    'a meeting': (db: Db) => meetingsOf(db).head(5),
    'a meeting with its people': (db: Db) => meetingsOf(db).get(5),
    'somebody’s part': (db: Db) => meetingsOf(db).participant(5, 6),
    'somebody’s parts': (db: Db) => meetingsOf(db).partsOf(7, [5, 8, 13]),
    'whose a part is': (db: Db) => meetingsOf(db).whose(9),
    'a page of people': (db: Db) => meetingsOf(db).participants(5, PAGE),
    'those who wait': (db: Db) => meetingsOf(db).participants(5, PAGE, ['waiting']),
    'the count of people': (db: Db) => meetingsOf(db).countParticipants(5),
    'who is in these meetings': (db: Db) => meetingsOf(db).online([5, 8, 13]),
    'a password': (db: Db) => meetingsOf(db).passwordHash(5),
    'what is due': (db: Db) => meetingsOf(db).due(AT + MEETINGS - 8, 100),
    'what goes on': (db: Db) => meetingsOf(db).ongoing(),
    'a meeting’s breakout rooms': (db: Db) => meetingsOf(db).roomsOf(5),
    'a meeting’s breakout rooms with their people': (db: Db) => meetingsOf(db).peopledRoomsOf(5),
    'who has breakout rooms': (db: Db) => meetingsOf(db).apart(),
    'a session': (db: Db) => meetingSessionsOf(db).byId(sessionId(5, 1)),
    'a page of sessions': (db: Db) => meetingSessionsOf(db).page(5, PAGE),
    'the open ones': (db: Db) => meetingSessionsOf(db).page(5, PAGE, true),
    'the ended ones': (db: Db) => meetingSessionsOf(db).page(5, PAGE, false),
    'the count of sessions': (db: Db) => meetingSessionsOf(db).count(5),
    'the count of open ones': (db: Db) => meetingSessionsOf(db).count(5, true),
    'a page of messages': (db: Db) => messagesOf(db).page(5, PAGE, 3),
    'the latest messages': (db: Db) => messagesOf(db).latest(5, 20),
    'the count of messages': (db: Db) => messagesOf(db).count(5),
  };
  it.each(Object.entries(rest))('%s: by an index', async (_, ask) => {
    const plan = await database.planOf(ask);
    expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
    // No index at all would be no scan either, were there no table.
    expect(plan).toMatch(/index|key/i);
  });

  const walks: Record<string, [index: string, ask: Ask]> = {
    'everybody’s meetings': ['meetings_planned', (db) => meetingsOf(db).page({}, 'latest', PAGE)],
    'everybody’s numbers': ['meetings_ongoing', (db) => meetingSessionsOf(db).numbers(PAGE)],
    'sockets of dead nodes': ['meeting_sessions_held', (db) => meetingSessionsOf(db).ofDeadNodes(AT)],
  };
  it.each(Object.entries(walks))('%s: along their index', async (_, [index, ask]) => {
    expect(await database.planOf(ask)).toContain(index);
  });

  it('no meeting, session or message is counted for all of them', async () => {
    for (const ask of [
      (db: Db) => meetingSessionsOf(db).totals(),
      (db: Db) => meetingsOf(db).count({}),
      (db: Db) => meetingsOf(db).count({ statuses }),
    ]) {
      const read = (await statementsOf(database.driver.dialect, ask)).map(
        ({ text }) => /from \W(\w+)/.exec(text)?.[1],
      );
      expect(read).toContain('meeting_tallies');
      expect(read.filter((table) => table !== 'meeting_tallies' && table !== 'users')).toEqual([]);
    }
  });

  it('a message is written without a look at the people', async () => {
    const say = async (db: Db) => {
      const seq = (await meetingsOf(db).bump(5)) ?? 0;
      await messagesOf(db).insert({ id: 0, meetingId: 5, userId: 6, uid: 'u6', content: 'x', at: AT });
      await eventsOf(db).append([{ subject: 'meeting:5', seq, type: 'meeting.message', at: AT, data: {} }]);
    };
    const said = await statementsOf(database.driver.dialect, say, [{ version: 2, id: 1 }]);
    expect(said.map(({ text }) => text).join('\n')).not.toMatch(/meeting_(participants|sessions)/);
    for (const statement of said.filter(({ text }) => !text.startsWith('insert'))) {
      const plan = await planFor(database.driver, kind, statement);
      // The few rows of the tallies are read as they lie.
      if (!statement.text.includes('meeting_tallies')) expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
    }
  });
});

/** Meetings of three among so many people, most of them over; the last ones come or go on. */
async function fillMeetings({ sql }: Dialect, write: Write): Promise<void> {
  const going = (n: number) => n > MEETINGS - 50;
  const status = (n: number) => (going(n) ? 'ongoing' : n > MEETINGS - 400 ? 'scheduled' : 'ended');
  const three = (n: number) => [0, 7, 31].map((step) => (n + step) % PEOPLE);
  for (let from = 1; from <= MEETINGS; from += 100) {
    const numbers = Array.from({ length: 100 }, (_, i) => from + i);
    await write(
      sql.insertInto('meetings').values(
        numbers.map((n) => ({
          id: n,
          title: `Meeting ${n}`,
          title_key: `meeting ${n}`,
          description: 'What is talked about',
          start_time: AT + n,
          end_time: null,
          max_participants: 10,
          type: 'video',
          status: status(n),
          creator_id: n % PEOPLE,
          settings: '{}',
          has_password: 0,
          password_hash: null,
          locked: 0,
          created_at: AT,
          updated_at: AT,
          started_at: null,
          ended_at: null,
          empty_at: null,
          version: 1,
          due_at: going(n) ? AT + n : null,
          planned_at: AT + n,
          until_at: AT + n,
          ongoing: going(n) ? 1 : 0,
          online: going(n) ? 3 : 0,
          people: 3,
          sessions: 3,
          duration_ms: 0,
        })),
      ),
    );
    await write(
      sql.insertInto('meeting_participants').values(
        numbers.flatMap((n) =>
          three(n).map((user) => ({
            meeting_id: n,
            user_id: user,
            uid: `u${user}`,
            role: 'participant',
            state: going(n) ? 'online' : 'offline',
            admitted: 1,
            joined_at: AT,
            left_at: null,
            deadline_at: null,
            audio: 0,
            video: 0,
            screen: 0,
            hand_at: null,
            created_at: AT,
            updated_at: AT,
            listed_for: user,
            planned_at: AT + n,
            until_at: AT + n,
            status: status(n),
            creator_id: n % PEOPLE,
          })),
        ),
      ),
    );
    await write(
      sql.insertInto('meeting_sessions').values(
        numbers.flatMap((n) =>
          three(n).map((user, place) => ({
            id: sessionId(n, place),
            meeting_id: n,
            participant_id: n * 3 + place,
            user_id: user,
            kind: 'socket',
            sid: sessionId(n, place),
            node_id: 'a node',
            device: '',
            started_at: AT + place,
            ended_at: going(n) ? null : AT + 9,
            reason: null,
            quality: null,
            held_by: going(n) ? 'a node' : null,
          })),
        ),
      ),
    );
    await write(
      sql
        .insertInto('meeting_messages')
        .values(
          numbers.flatMap((n) =>
            three(n).map((user) => ({ meeting_id: n, user_id: user, uid: `u${user}`, content: 'x', at: AT })),
          ),
        ),
    );
  }
}

const sessionId = (meeting: number, place: number) => `ses_${meeting}_${place}`;
