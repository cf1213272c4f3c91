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

/**
 * Makes or changes one; `from` one of its meetings on it is then another. Throws what the server has
 * against it.
 */
export async function saveSeries(
  id: number | undefined,
  changes: NewSeries | SeriesChanges,
  from: number | undefined,
) {
  const api = need().meetings.series;
  const saved =
    id === undefined
      ? await api.create(changes as NewSeries)
      : await api.update(id, changes as SeriesChanges, from);
  await loadComing();
  return saved;
}

/** Cancels all its meetings that have not begun, or those `from` one of them on. */
export async function dropSeries(id: number, from: number | undefined): Promise<void> {
  await need().meetings.series.cancel(id, from);
  await loadComing();
}
