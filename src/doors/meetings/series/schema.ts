import { Type } from 'typebox';
import { OrNull, Time } from '../envelope.ts';
import { Id, Kind, MeetingModel, Settings } from '../meetings/schema.ts';

export const OfSeries = Type.Object({ series_id: Id });

const Rule = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'RFC 5545: FREQ daily to yearly with INTERVAL, BY(MONTH|MONTHDAY|DAY|SETPOS), COUNT or UNTIL.',
  examples: ['FREQ=WEEKLY;BYDAY=MO,WE;COUNT=20'],
});
const Timezone = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'Its clocks are what the times go by (IANA).',
  examples: ['Asia/Shanghai'],
});
const Exdates = Type.Array(Type.String({ minLength: 10, maxLength: 10, examples: ['2026-12-24'] }), {
  maxItems: 100,
  description: 'Days there that are left out.',
});

export const RecurrenceAsked = Type.Object({
  rule: Rule,
  timezone: Timezone,
  exdates: Type.Optional(Exdates),
});
export const SomeRecurrence = Type.Partial(Type.Object({ rule: Rule, timezone: Timezone, exdates: Exdates }));

/** This meeting of it and those after it are meant, not all. */
export const From = Type.Optional(Id);

export const SeriesModel = Type.Object({
  series_id: Type.Integer(),
  title: Type.String(),
  description: Type.String(),
  start_time: Time,
  end_time: Time,
  recurrence: Type.Object({
    rule: Type.String(),
    timezone: Type.String(),
    exdates: Type.Array(Type.String()),
    start: Type.String({ description: 'What clocks there show', examples: ['2026-03-02T10:00:00'] }),
  }),
  max_participants: Type.Integer(),
  meeting_type: Kind,
  settings: Settings,
  has_password: Type.Boolean(),
  state: Type.Unsafe<'active' | 'ended'>({ type: 'string', enum: ['active', 'ended'] }),
  creator_id: Type.Integer(),
  created_at: Time,
  updated_at: Time,
  next: OrNull(MeetingModel),
});
