import type { Asker } from '../calls/ask.ts';
import { byOf } from '../calls/ask.ts';
import { begin } from '../meetings/begin.ts';
import { cleanPatch } from '../meetings/clean.ts';
import type { MeetingCommand } from '../meetings/commands.ts';
import type { Steps } from '../meetings/machine.ts';
import { isOver, type Meeting } from '../meetings/meeting.ts';
import { note } from '../meetings/oversight.ts';
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
 * changed by itself and stays, as does one that has begun or was cancelled since it was looked at.
 */
export async function follow(
  { tx, runs, now: at }: Steps,
  id: number,
  was: Said,
  now: Said | null,
  asker: Asker,
): Promise<void> {
  let drops = false;
  await runs(id, async (_, meeting) => {
    if (meeting.status !== 'scheduled') return asItIs(meeting);
    const hash = (await tx.meetings.passwordHash(id)) ?? null;
    const own = hash !== was.passwordHash || Object.keys(difference(meeting, was)).length > 0;
    drops = !own && now === null;
    if (drops) {
      await note(tx, asker, meeting, at, { action: 'delete' });
      return { type: 'cancel', by: byOf(asker) };
    }
    if (own || now === null) return asItIs(meeting);
    const other = now.passwordHash !== hash;
    const hasPassword = now.passwordHash !== null;
    const change = { ...difference(meeting, now), ...(other && { hasPassword }) };
    await note(tx, asker, meeting, at, { action: 'update', change });
    if (other) await tx.meetings.setPassword(id, now.passwordHash);
    return { type: 'update', change };
  });
  if (drops) await tx.series.release(id);
}

/** Cancels a meeting that is to come: nobody is told of one that is past, or has begun since it was looked at. */
export async function cancel({ tx, runs, now }: Steps, id: number, asker: Asker): Promise<void> {
  await runs(id, async (_, meeting) => {
    const past = meeting.endTime !== null && meeting.endTime <= now;
    if (meeting.status !== 'scheduled' || past) return asItIs(meeting);
    await note(tx, asker, meeting, now, { action: 'delete' });
    return { type: 'cancel', by: byOf(asker) };
  });
}

/** Changes nothing, also of one that is over: its end and its cancelling are for good. */
const asItIs = (meeting: Meeting): MeetingCommand =>
  isOver(meeting) ? { type: 'cancel', by: null } : { type: 'update', change: {} };

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
