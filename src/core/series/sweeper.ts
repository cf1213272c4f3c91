import { Regularly } from '../regularly.ts';
import type { RecurringMeetings } from './recurring.ts';

/** Meetings are made weeks ahead: nobody waits for this. */
const EVERY_MS = 60_000;

/** Looks after the series, on every node: whoever is second finds nothing to do. */
export const seriesSweeper = (
  recurring: Pick<RecurringMeetings, 'sweep'>,
  failed: (what: string, error: unknown) => void,
): Regularly =>
  new Regularly(
    EVERY_MS,
    () => recurring.sweep(),
    (error) => failed('look after recurring meetings', error),
  );
