import type { SelectQueryBuilder } from 'kysely';
import type { MeetingFilter, MeetingOrder, Page } from '../../ports/store/meetings.ts';
import type { Db } from './db.ts';
import type { Dialect } from './dialect.ts';
import { contains } from './like.ts';
import { HEAD_COLUMNS, type HeadRow, titleKey } from './meeting-rows.ts';
import { tallied } from './meeting-tallies.ts';
import type { MeetingParticipantTable, MeetingTable, Schema } from './schema.ts';
import { runQuery } from './statements.ts';

/**
 * A page is a walk along an index: the meetings' own, or somebody's part of the participants', which
 * says again what lists go by. Only the page's meetings are read whole.
 */
export async function listMeetings(
  db: Db,
  filter: MeetingFilter,
  order: MeetingOrder,
  page: Page,
): Promise<HeadRow[]> {
  if (filter.statuses?.length === 0) return [];
  return runQuery<HeadRow>(db, pageOf(db.dialect, filter, order, page));
}

export async function countMeetings(db: Db, filter: MeetingFilter): Promise<number> {
  const { statuses, ...rest } = filter;
  if (statuses?.length === 0) return 0;
  if (Object.values(rest).every((value) => value === undefined)) {
    const of = await tallied(db);
    const wanted = new Set(statuses ?? (['scheduled', 'ongoing', 'ended', 'cancelled'] as const));
    return [...wanted].reduce((sum, status) => sum + of[status], 0);
  }
  const all = entries(db.dialect, filter).select(({ fn }) => fn.countAll<number>().as('n'));
  const [row] = await runQuery<{ n: number }>(db, all);
  return row?.n ?? 0;
}

function pageOf(dialect: Dialect, filter: MeetingFilter, order: MeetingOrder, { limit, offset }: Page) {
  const direction = order === 'soonest' ? 'asc' : 'desc';
  const id = walker(filter) === undefined ? 'k.id' : 'k.meeting_id';
  let page = entries(dialect, filter).select(`${id} as id`).limit(limit).offset(offset);
  if (order !== 'newest') page = page.orderBy('k.planned_at', direction);
  let whole = dialect.sql
    .selectFrom(page.orderBy(id, direction).as('page'))
    // A cross join is done in the order it is written: the page first, whatever it is thought to have.
    .crossJoin('meetings as m')
    .whereRef('m.id', '=', 'page.id')
    .select(HEAD_COLUMNS);
  if (order !== 'newest') whole = whole.orderBy('m.planned_at', direction);
  return whole.orderBy('m.id', direction);
}

/** Whose part of the participants' index is walked along. Who made a meeting has a part in it. */
const walker = ({ ofUser, creatorId }: MeetingFilter): number | undefined => ofUser ?? creatorId;

/** What the filter lets through: a person's meetings are looked at only for their titles. */
function entries({ sql }: Dialect, filter: MeetingFilter): Entries {
  const { creatorId, notCreatorId, notPastAt, statuses, search, from, before } = filter;
  const user = walker(filter);
  let rows =
    user === undefined
      ? (sql.selectFrom('meetings as k').where('k.parent_id', 'is', null) as unknown as Entries)
      : (sql.selectFrom('meeting_participants as k').where('k.listed_for', '=', user) as unknown as Entries);
  if (creatorId !== undefined) rows = rows.where('k.creator_id', '=', creatorId);
  if (notCreatorId !== undefined) rows = rows.where('k.creator_id', '<>', notCreatorId);
  if (statuses !== undefined) rows = rows.where('k.status', 'in', [...statuses]);
  if (from !== undefined) rows = rows.where('k.planned_at', '>=', from);
  if (before !== undefined) rows = rows.where('k.planned_at', '<', before);
  if (notPastAt !== undefined) {
    rows = rows.where(({ eb, or }) => or([eb('k.status', '=', 'ongoing'), eb('k.until_at', '>', notPastAt)]));
  }
  if (search === undefined) return rows;
  const part = titleKey(search);
  if (user === undefined) return rows.where(({ ref }) => contains(ref('k.title_key'), part));
  return rows
    .innerJoin('meetings as of', 'of.id', 'k.meeting_id')
    .where(({ ref }) => contains(ref('of.title_key'), part)) as unknown as Entries;
}

/** `k` is walked along, of either table. */
type Tables = Schema & { k: MeetingTable & MeetingParticipantTable };
type Entries = SelectQueryBuilder<Tables, 'k', object>;
