import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { USUAL_SETTINGS } from '../../src/core/meetings/clean.ts';

/** The first of the people the bench makes; a uid of digits is its person's number. */
export const FIRST_ID = 1_000_001;
export const uidOf = (index: number) => String(FIRST_ID + index);

const open = (dataDir: string) => new DatabaseSync(join(dataDir, 'parley.db'));
const COUNT = 'WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)';

/** So many people, each the contact of the neighbour: 0 with 1, 2 with 3. Straight into the tables. */
export function seedPeople(dataDir: string, count: number): void {
  using db = open(dataDir);
  const now = Date.now();
  db.exec('BEGIN');
  db.prepare(
    `${COUNT} INSERT INTO users (id, uid, username, email, display_name, avatar_url, role, status, token_version,
       password_hash, uid_key, username_key, name_key, created_at, updated_at)
     SELECT ${FIRST_ID} + i, '' || (${FIRST_ID} + i), NULL, NULL, 'Person ' || i, NULL, 'user', 'active', 1,
       NULL, '' || (${FIRST_ID} + i), NULL, 'person ' || i, :now, :now FROM n`,
  ).run({ count, now });
  db.prepare(
    `${COUNT} INSERT INTO contacts (low_id, high_id, state, by_id, at)
     SELECT ${FIRST_ID} + 2 * i, ${FIRST_ID} + 2 * i + 1, 'accepted', ${FIRST_ID} + 2 * i, :now FROM n`,
  ).run({ count: Math.floor(count / 2), now });
  db.exec('COMMIT');
}

/** Calls that are over, spread evenly over the people's pairs, a second apart. */
export function seedCalls(dataDir: string, calls: number, pairs: number): void {
  using db = open(dataDir);
  const first = Date.now() - calls * 1000;
  const id = `'call_' || printf('%012d', i)`;
  db.exec('BEGIN');
  db.prepare(
    `${COUNT} INSERT INTO calls (id, kind, caller_uid, group_id, state, media, is_group, created_at, connected_at,
       ended_at, end_reason, version, offer)
     SELECT ${id}, 'video', '' || (${FIRST_ID} + 2 * (i % :pairs)), NULL, 'ended', 'p2p', 0, :first + i * 1000,
       :first + i * 1000 + 5000, :first + i * 1000 + 65000, 'normal', 6, NULL FROM n`,
  ).run({ count: calls, pairs, first });
  for (const place of [0, 1]) {
    db.prepare(
      `${COUNT} INSERT INTO legs (call_id, user_id, uid, place, state, invited_by, device, bound, muted, video_on,
         deadline_at, lost_at, joined_at, left_at, reason, created_at)
       SELECT ${id}, ${FIRST_ID} + 2 * (i % :pairs) + :place, '' || (${FIRST_ID} + 2 * (i % :pairs) + :place), :place,
         'left', ${place === 0 ? 'NULL' : `'' || (${FIRST_ID} + 2 * (i % :pairs))`}, 'phone', 1, 0, 1, NULL, NULL,
         :first + i * 1000 + 5000, :first + i * 1000 + 65000, 'normal', :first + i * 1000 FROM n`,
    ).run({ count: calls, pairs, first, place });
  }
  db.exec('COMMIT');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Somebody with an account: signs in by this name, with the password of the hash. */
export const usernameOf = (index: number) => `bench-${index}`;

/** The first of the people get accounts. */
export function seedAccounts(dataDir: string, count: number, passwordHash: string): void {
  using db = open(dataDir);
  db.prepare(
    `UPDATE users SET username = 'bench-' || (id - ${FIRST_ID}), username_key = 'bench-' || (id - ${FIRST_ID}),
       password_hash = :passwordHash WHERE id < ${FIRST_ID} + :count`,
  ).run({ count, passwordHash });
}

const SETTINGS = JSON.stringify(USUAL_SETTINGS);

/** Meetings, an hour apart, half of them over; each with its host alone, spread evenly over the people. */
export function seedMeetings(dataDir: string, meetings: number, people: number): void {
  using db = open(dataDir);
  const first = Date.now() - (meetings / 2) * 3_600_000;
  const planned = ':first + i * 3600000';
  const status = "CASE WHEN i < :count / 2 THEN 'ended' ELSE 'scheduled' END";
  const given = { count: meetings, people, first };
  db.exec('BEGIN');
  db.prepare(
    `${COUNT} INSERT INTO meetings (id, title, title_key, description, start_time, end_time, max_participants, type,
       status, creator_id, settings, has_password, password_hash, locked, created_at, updated_at, started_at, ended_at,
       empty_at, version, due_at, planned_at, until_at, ongoing, online, people, sessions, duration_ms)
     SELECT i + 1, 'Meeting ' || i, 'meeting ' || i, 'What there is to say', ${planned}, ${planned} + 1800000, 100,
       'video', ${status}, ${FIRST_ID} + i % :people, '${SETTINGS}', 0, NULL, 0, :first, :first, NULL, NULL,
       NULL, 2, NULL, ${planned}, ${planned} + 1800000, 0, 0, 1, 0, 0 FROM n`,
  ).run(given);
  db.prepare(
    `${COUNT} INSERT INTO meeting_participants (meeting_id, user_id, uid, role, state, admitted, joined_at, left_at,
       deadline_at, audio, video, screen, hand_at, created_at, updated_at, listed_for, planned_at, until_at, status,
       creator_id)
     SELECT i + 1, ${FIRST_ID} + i % :people, '' || (${FIRST_ID} + i % :people), 'host', 'offline', 1, NULL, NULL,
       NULL, 0, 0, 0, NULL, :first, :first, ${FIRST_ID} + i % :people, ${planned}, ${planned} + 1800000, ${status},
       ${FIRST_ID} + i % :people FROM n`,
  ).run(given);
  db.exec('COMMIT');
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}
