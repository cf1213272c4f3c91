import type { BreakoutQueries } from '../../ports/store/breakouts.ts';
import type { Db } from './db.ts';
import {
  HEAD_COLUMNS,
  type HeadRow,
  type JoinedRow,
  PARTICIPANT_COLUMNS,
  toHead,
  toParticipant,
} from './meeting-rows.ts';
import { query } from './statements.ts';

const rooms = query<{ parentId: number }, HeadRow>((sql, p) =>
  sql
    .selectFrom('meetings as m')
    .select(HEAD_COLUMNS)
    .where('m.ongoing', '=', 1)
    .where('m.parent_id', '=', p.parentId)
    .orderBy('m.id'),
);
const peopledRooms = query<{ parentId: number }, JoinedRow>((sql, p) =>
  sql
    .selectFrom('meetings as m')
    .innerJoin('meeting_participants as p', 'p.meeting_id', 'm.id')
    .select(HEAD_COLUMNS)
    .select(PARTICIPANT_COLUMNS)
    .where('m.ongoing', '=', 1)
    .where('m.parent_id', '=', p.parentId)
    .orderBy('m.id')
    .orderBy('p.id'),
);
const parents = query<object, { id: number; version: number | null; online: number }>((sql) =>
  sql
    .selectFrom('meetings as m')
    .leftJoin('meetings as of', 'of.id', 'm.parent_id')
    .select(({ fn }) => [
      fn.max<number>('m.parent_id').as('id'),
      fn.max<number | null>('of.version').as('version'),
      fn.max<number>('m.online').as('online'),
    ])
    .where('m.ongoing', '=', 1)
    // Not null, in words that every database takes for a part of the index.
    .where('m.parent_id', '>', 0)
    .groupBy('m.parent_id')
    .orderBy('m.parent_id'),
);

/** Of breakout rooms those that are open: they are few, and found by an index of what goes on. */
export const roomsApart = (db: Db): BreakoutQueries => ({
  roomsOf: async (parentId) => (await rooms(db, { parentId })).map(toHead),
  peopledRoomsOf: async (parentId) => {
    const rows = await peopledRooms(db, { parentId });
    const byRoom = Map.groupBy(rows, (row) => row.meeting_number);
    return [...byRoom.values()].flatMap((people) =>
      people.slice(0, 1).map((row) => ({ ...toHead(row), participants: people.map(toParticipant) })),
    );
  },
  apart: async () =>
    (await parents(db, {})).map(({ id, version, online }) => ({
      id,
      version: version ?? undefined,
      occupied: online > 0,
    })),
});
