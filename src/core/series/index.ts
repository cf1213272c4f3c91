export type { Recurrence, SeriesAsk, SeriesPatch } from './clean.ts';
export { untilOf } from './occurrences.ts';
export type { RecurringDeps, SeriesView } from './recurring.ts';
export { RecurringMeetings } from './recurring.ts';
export type { Series, Timing } from './series.ts';
export { seriesSweeper } from './sweeper.ts';
export { Zone } from './zone.ts';
