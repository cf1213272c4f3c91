import { cancelSeries } from './cancel-series.ts';
import { createSeries } from './create-series.ts';
import { getSeries } from './get-series.ts';
import { mySeries } from './my-series.ts';
import { seriesCalendar } from './series-calendar.ts';
import { seriesMeetings } from './series-meetings.ts';
import { updateSeries } from './update-series.ts';

/** Meetings that recur, which contract E does not have. */
export const seriesRoutes = [
  createSeries,
  getSeries,
  seriesMeetings,
  seriesCalendar,
  updateSeries,
  cancelSeries,
  mySeries,
];
