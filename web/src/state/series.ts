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

/** Makes one. Throws what the server has against it. */
export async function planSeries(series: NewSeries): Promise<MeetingSeries> {
  const made = await need().meetings.series.create(series);
  await loadComing();
  return made;
}

/** Changes one; `from` one of its meetings on it is then another. Throws what the server has against it. */
export async function changeSeries(
  id: number,
  changes: SeriesChanges,
  from: number | undefined,
): Promise<MeetingSeries> {
  const changed = await need().meetings.series.update(id, changes, from);
  await loadComing();
  return changed;
}

/** Cancels all its meetings that have not begun, or those `from` one of them on. */
export async function dropSeries(id: number, from: number | undefined): Promise<void> {
  await need().meetings.series.cancel(id, from);
  await loadComing();
}
