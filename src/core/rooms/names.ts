import { invalid } from '../errors.ts';

const LONGEST = 100;

/** Rooms of calls and meetings: never one of contract D. */
export const isReserved = (name: string): boolean => name.startsWith('call_') || name.startsWith('meet_');

/** A name somebody gave a new room. Throws `invalid`. */
export function cleanRoomName(name: string): string {
  if (isReserved(name)) throw invalid('room_name', 'room.reserved_name');
  // Nothing that cannot be seen, and no half characters; not every database tells a space at the end.
  if (name === '' || name !== name.trim() || [...name].length > LONGEST || /\p{C}/u.test(name))
    throw invalid('room_name');
  return name;
}
