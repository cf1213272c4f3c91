import { need } from './connection.ts';
import { reasonOf } from './errors.ts';
import { loadComing } from './meetings.ts';
import type { Meeting, MeetingSeries, NewSeries, SeriesChanges } from './sdk.ts';

/** The place that this device's clock is of. */
export const ownPlace = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The series of a meeting; undefined where it has none, or one may not see it. */
export async function seriesOf({ seriesId }: Meeting): Promise<MeetingSeries | undefined> {
  if (seriesId === null) return undefined;
  try {
    return await need().meetings.series.get(seriesId);
  } catch (error) {
    if (reasonOf(error) === 'forbidden') return undefined;
    throw error;
  }
}

/** Makes or changes one. Throws what the server has against it. */
export async function saveSeries(id: number | undefined, changes: NewSeries | SeriesChanges) {
  const api = need().meetings.series;
  const saved =
    id === undefined
      ? await api.create(changes as NewSeries)
      : await api.update(id, changes as SeriesChanges);
  await loadComing();
  return saved;
}

/** Cancels all its meetings that have not begun. */
export async function dropSeries(id: number): Promise<void> {
  await need().meetings.series.cancel(id);
  await loadComing();
}
