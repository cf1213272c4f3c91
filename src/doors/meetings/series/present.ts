import { type SeriesView, Zone } from '../../../core/series/index.ts';
import { wholeSeconds } from '../../time.ts';
import { presentMeeting, presentSettings } from '../meetings/present.ts';

export function presentSeries({ series, next }: SeriesView) {
  const start = new Zone(series.timezone).instant(series.start) ?? series.createdAt;
  return {
    series_id: series.id,
    title: series.title,
    description: series.description,
    start_time: wholeSeconds(start),
    end_time: wholeSeconds(start + series.durationMs),
    recurrence: {
      rule: series.rule,
      timezone: series.timezone,
      exdates: [...series.exdates],
      start: series.start,
    },
    max_participants: series.maxParticipants,
    meeting_type: series.type,
    settings: presentSettings(series.settings),
    has_password: series.hasPassword,
    state: series.state,
    creator_id: series.creatorId,
    created_at: wholeSeconds(series.createdAt),
    updated_at: wholeSeconds(series.updatedAt),
    next: next ? presentMeeting(next) : null,
  };
}
