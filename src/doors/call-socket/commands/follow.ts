import type { Command } from './context.ts';

/** `events:follow`: the log of a subject the person may read, from a number on and as it grows. */
export const follow: Command<'events:follow'> = ({ follows }, socket, { subject, after = 0 }) =>
  follows.follow(socket, subject, after);
