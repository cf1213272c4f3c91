import { begin } from '../meetings/begin.ts';
import { cleanPatch } from '../meetings/clean.ts';
import type { Steps } from '../meetings/machine.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { User } from '../users/user.ts';
import type { Occurrence } from './occurrences.ts';
import type { Series } from './series.ts';

/** What a meeting of a series is to be: what the series says, at one of its times. */
export interface Said {
  series: Series;
  passwordHash: string | null;
  at: number;
}

/** Makes the meeting of one of a series' days. */
export async function make(
  { begins, now }: Steps,
  series: Series,
  passwordHash: string | null,
  { day, at }: Occurrence,
  { id: userId, uid }: User,
): Promise<void> {
  const beginning = {
    ...templateOf(series),
    hasPassword: passwordHash !== null,
    startTime: at,
    endTime: at + series.durationMs,
    seriesId: series.id,
    occurrenceDay: day,
    creator: { userId, uid },
  };
  await begins(begin(beginning, now), passwordHash);
}

/**
 * Changes a meeting that is as its series said to what it says now; null: it has none at that day
 * any more, so the meeting is cancelled and stands for the day no longer. One that is different was
 * changed by itself and stays.
 */
export async function follow(
  { tx, runs }: Steps,
  id: number,
  was: Said,
  now: Said | null,
  by: number | null,
): Promise<void> {
  const hash = (await tx.meetings.passwordHash(id)) ?? null;
  let drops = false;
  await runs(id, async (_, meeting) => {
    const own = hash !== was.passwordHash || Object.keys(difference(meeting, was)).length > 0;
    drops = !own && now === null;
    if (drops) return { type: 'cancel', by };
    if (own || now === null) return { type: 'update', change: {} };
    const change = difference(meeting, now);
    if (now.passwordHash === hash) return { type: 'update', change };
    await tx.meetings.setPassword(id, now.passwordHash);
    return { type: 'update', change: { ...change, hasPassword: now.passwordHash !== null } };
  });
  if (drops) await tx.series.release(id);
}

/** What of a meeting is not as said, its password apart. */
const difference = (meeting: Meeting, { series, at }: Said) =>
  cleanPatch(meeting, { ...templateOf(series), startTime: at, endTime: at + series.durationMs });

const templateOf = ({ title, description, maxParticipants, type, settings }: Series) => ({
  title,
  description,
  maxParticipants,
  type,
  settings,
});
