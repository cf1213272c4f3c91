import type { Series } from '../../core/series/series.ts';
import type { MeetingSeriesTable } from './schema.ts';

/** Everything but the password's hash. */
export const SERIES_COLUMNS = [
  'id',
  'creator_id',
  'rule',
  'timezone',
  'start',
  'exdates',
  'duration_ms',
  'title',
  'description',
  'max_participants',
  'type',
  'settings',
  'has_password',
  'state',
  'made_until',
  'look_at',
  'created_at',
  'updated_at',
  'version',
] as const;

export type SeriesRow = Omit<MeetingSeriesTable, 'password_hash'>;
/** What a save writes; who made it and when, and the password, stay as they are. */
export type SeriesState = Omit<SeriesRow, 'id' | 'creator_id' | 'created_at' | 'has_password'>;

export const toSeries = (row: SeriesRow): Series => ({
  id: row.id,
  creatorId: row.creator_id,
  rule: row.rule,
  timezone: row.timezone,
  start: row.start,
  exdates: JSON.parse(row.exdates) as string[],
  durationMs: row.duration_ms,
  title: row.title,
  description: row.description,
  maxParticipants: row.max_participants,
  type: row.type as Series['type'],
  settings: JSON.parse(row.settings) as Series['settings'],
  hasPassword: row.has_password === 1,
  state: row.state as Series['state'],
  madeUntil: row.made_until,
  lookAt: row.look_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version,
});

export const seriesState = (series: Series): SeriesState => ({
  rule: series.rule,
  timezone: series.timezone,
  start: series.start,
  exdates: JSON.stringify(series.exdates),
  duration_ms: series.durationMs,
  title: series.title,
  description: series.description,
  max_participants: series.maxParticipants,
  type: series.type,
  settings: JSON.stringify(series.settings),
  state: series.state,
  made_until: series.madeUntil,
  look_at: series.lookAt,
  updated_at: series.updatedAt,
  version: series.version,
});
