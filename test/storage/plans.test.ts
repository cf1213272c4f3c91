import { describe, expect, it } from 'vitest';
import { callsOf } from '../../src/adapters/storage/calls.ts';
import type { Db } from '../../src/adapters/storage/db.ts';
import type { Dialect, Value } from '../../src/adapters/storage/dialect.ts';
import { eventsOf } from '../../src/adapters/storage/events.ts';
import { roomsOf } from '../../src/adapters/storage/rooms.ts';
import { backends } from '../support/databases.ts';
import { EXPLAIN, filled, type Write } from './explain.ts';

const CALLS = 20_000;
const PEOPLE = 500;
const ROOMS = 5_000;
const AT = 1_800_000_000_000;

const TABLES = ['calls', 'legs', 'events', 'engagements', 'rooms', 'room_members'];

describe.each(backends())(`what ${CALLS} calls are read by on %s`, (kind) => {
  const database = filled(kind, TABLES, fillCalls);

  it('would tell a scan from a search', async () => {
    const plan = await database.planOf(async (db) => {
      const { sql, parameters } = db.dialect.sql
        .selectFrom('calls')
        .select('id')
        .where('end_reason', '=', 'lost')
        .compile();
      return db.rows(sql, parameters as Value[]);
    });
    expect(EXPLAIN[kind].scans(plan), plan).toBe(true);
  });

  const history = {
    'a page of history': (db: Db) => callsOf(db).history(7, {}, 20, 0),
    'a page narrowed by kind, state and time': (db: Db) =>
      callsOf(db).history(7, { kind: 'video', states: ['ended', 'missed'], from: AT, to: AT + CALLS }, 20, 0),
    'a page far back': (db: Db) => callsOf(db).history(7, {}, 20, 40),
    'the count of a history': (db: Db) => callsOf(db).countHistory(7, {}),
    'the count of a narrowed history': (db: Db) => callsOf(db).countHistory(7, { states: ['ended'] }),
  };
  it.each(Object.entries(history))('%s: that person’s rows', async (_, ask) => {
    const plan = await database.planOf(ask);
    expect(plan).toContain('legs_history');
    expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
  });

  const rest = {
    'the call somebody is in': (db: Db) => callsOf(db).liveOf(7),
    'a call with its legs': (db: Db) => callsOf(db).get(id(5)),
    'what is due': (db: Db) => callsOf(db).due(AT + CALLS - 10, 100),
    'a room with its members': (db: Db) => roomsOf(db).get(roomName(5)),
    'the room of a channel': (db: Db) => roomsOf(db).ofChannel('channel-4990', 0),
    'somebody’s rooms': (db: Db) => roomsOf(db).page(7, 20, 0),
    'the count of somebody’s rooms': (db: Db) => roomsOf(db).count(7),
    'rooms that are due': (db: Db) => roomsOf(db).due(AT + ROOMS - 8, 100),
    'rooms with somebody in the media': (db: Db) => roomsOf(db).inMedia(),
    'which of these rooms are over': (db: Db) => roomsOf(db).over([roomName(3), roomName(9)]),
    'who is in something': (db: Db) => roomsOf(db).engaged([3, 7]),
    'what waits for its position': (db: Db) => eventsOf(db).unsequenced(),
    'one subject’s events': (db: Db) => eventsOf(db).ofSubject(id(5), 0, 100),
    'all events in order': (db: Db) => eventsOf(db).ordered(100, 100),
  };
  it.each(Object.entries(rest))('%s: by an index', async (_, ask) => {
    const plan = await database.planOf(ask);
    expect(EXPLAIN[kind].scans(plan), plan).toBe(false);
    // No index at all would be no scan either, were there no table.
    expect(plan).toMatch(/index|key/i);
  });
});

/** Calls of two among so many people, over and their events in order; a few live and waiting ones. */
async function fillCalls(dialect: Dialect, run: Write): Promise<void> {
  const { sql } = dialect;
  await fillRooms(dialect, run);
  for (let from = 0; from < CALLS; from += 200) {
    const numbers = Array.from({ length: 200 }, (_, i) => from + i);
    const live = (n: number) => n >= CALLS - 20;
    await run(
      sql.insertInto('calls').values(
        numbers.map((n) => ({
          id: id(n),
          kind: n % 2 ? 'audio' : 'video',
          caller_uid: `u${n % PEOPLE}`,
          group_id: null,
          state: live(n) ? 'ringing' : n % 3 ? 'ended' : 'missed',
          media: 'p2p',
          is_group: 0,
          created_at: AT + n,
          connected_at: null,
          ended_at: null,
          end_reason: null,
          version: 1,
          offer: null,
        })),
      ),
    );
    const sides = numbers.flatMap((n) =>
      [n % PEOPLE, (n * 7 + 1) % PEOPLE].map((user, place) => ({ n, user, place })),
    );
    await run(
      sql.insertInto('legs').values(
        sides
          .filter(({ n, user, place }) => place === 0 || user !== n % PEOPLE)
          .map(({ n, user, place }) => ({
            call_id: id(n),
            user_id: user,
            uid: `u${user}`,
            place,
            state: 'left',
            invited_by: null,
            device: null,
            bound: 0,
            muted: 0,
            video_on: 0,
            deadline_at: live(n) ? AT + n : null,
            lost_at: null,
            joined_at: null,
            left_at: null,
            reason: null,
            created_at: AT + n,
          })),
      ),
    );
    await run(
      sql.insertInto('events').values(
        numbers.map((n) => ({
          subject: id(n),
          seq: 1,
          type: 'call.placed',
          at: AT,
          data: '{}',
          position: live(n) ? null : n + 1,
        })),
      ),
    );
  }
  // Everybody is in something, most of them in rooms: a table worth an index.
  const engaged = Array.from({ length: 5000 }, (_, i) => ({
    user_id: i,
    ref: i < 20 ? id(CALLS - 20 + i) : `room-${i}`,
  }));
  for (let from = 0; from < engaged.length; from += 500) {
    await run(sql.insertInto('engagements').values(engaged.slice(from, from + 500)));
  }
}

/** Rooms of two that are over, and ten that live, each of a channel. */
async function fillRooms({ sql }: Dialect, run: Write): Promise<void> {
  for (let from = 0; from < ROOMS; from += 200) {
    const numbers = Array.from({ length: 200 }, (_, i) => from + i);
    const live = (n: number) => n >= ROOMS - 10;
    await run(
      sql.insertInto('rooms').values(
        numbers.map((n) => ({
          id: n + 1,
          room_name: roomName(n),
          channel_id: `channel-${n}`,
          channel_type: 0,
          creator_id: n % PEOPLE,
          creator_uid: `u${n % PEOPLE}`,
          call_type: 1,
          invite_on: 0,
          status: live(n) ? n % 2 : 2,
          max_members: 2,
          created_at: AT + n,
          updated_at: AT + n,
          started_at: null,
          ended_at: null,
          empty_at: null,
          version: 1,
          due_at: live(n) ? AT + n : null,
          live_key: live(n) ? `0:channel-${n}` : null,
        })),
      ),
    );
    await run(
      sql.insertInto('room_members').values(
        numbers.flatMap((n) =>
          [n % PEOPLE, (n + 1) % PEOPLE].map((user) => ({
            room_id: n + 1,
            user_id: user,
            uid: `u${user}`,
            status: live(n) ? 1 : 3,
            device_type: '',
            join_time: AT,
            leave_time: null,
            deadline_at: null,
            media_sid: null,
            in_media: 0,
            removed_at: null,
            created_at: AT,
            updated_at: AT,
          })),
        ),
      ),
    );
  }
}

const roomName = (n: number) => `room-${String(n).padStart(6, '0')}`;
const id = (n: number) => `call_${String(n).padStart(8, '0')}`;
