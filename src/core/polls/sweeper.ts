import { Regularly } from '../regularly.ts';
import type { Polls } from './polls.ts';

/** How often every node looks for counts that are to be told. */
const EVERY_MS = 500;

/** Tells how votes fell; what a killed node left is told by another. */
export const pollsSweeper = (
  polls: Pick<Polls, 'sweep'>,
  failed: (what: string, error: unknown) => void,
): Regularly =>
  new Regularly(
    EVERY_MS,
    () => polls.sweep(),
    (error) => failed('sweep polls', error),
  );
