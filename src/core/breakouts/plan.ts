import { invalid } from '../errors.ts';
import { cleanText } from '../meetings/clean.ts';
import type { Meeting, Participant, Round } from '../meetings/meeting.ts';
import { participantOf } from '../meetings/meeting.ts';
import { manages } from '../meetings/steps.ts';

/** Who says who is in which room: whoever opens them, nobody (all alike), or everybody for themselves. */
export type Assign = 'manual' | 'even' | 'free';

export interface RoundAsk {
  rooms: readonly { name: string; userIds?: readonly number[] | undefined }[];
  assign: Assign;
  /** They close by themselves after so long. */
  minutes?: number | undefined;
}

/** A room that is to be opened. */
export interface Planned {
  name: string;
  userIds: readonly number[];
}

const MOST_ROOMS = 50;
const MOST_MINUTES = 240;
const LONGEST_NAME = 100;

/** Has a place in the meeting and does not run it: those who do are in every room anyway. */
export const isPlaceable = (part: Participant | undefined): part is Participant =>
  part?.admitted === true && part.state !== 'removed' && !manages(part);

/** The rooms with their people. Throws `invalid` with the field at fault. */
export function planned(meeting: Meeting, { rooms, assign }: RoundAsk): Planned[] {
  if (rooms.length < 1 || rooms.length > MOST_ROOMS) throw invalid('rooms');
  const placed = new Set<number>();
  const plan = rooms.map(({ name, userIds = [] }) => {
    for (const userId of userIds) {
      if (placed.has(userId) || !isPlaceable(participantOf(meeting, userId))) throw invalid('user_ids');
      placed.add(userId);
    }
    return { name: cleanText(name.trim(), LONGEST_NAME, 'name', 1), userIds: [...userIds] };
  });
  if (assign !== 'even') return plan;
  for (const part of meeting.participants) {
    if (part.state !== 'online' || !isPlaceable(part) || placed.has(part.userId)) continue;
    const smallest = plan.reduce((least, room) =>
      room.userIds.length < least.userIds.length ? room : least,
    );
    smallest.userIds.push(part.userId);
  }
  return plan;
}

export function roundOf({ assign, minutes }: RoundAsk, now: number): Round {
  const right =
    minutes === undefined || (Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES);
  if (!right) throw invalid('minutes');
  const closesAt = minutes === undefined ? null : now + minutes * 60_000;
  return { free: assign === 'free', openedAt: now, closesAt, closing: false, occupied: false };
}
