import type { MeetingParticipant } from './meeting-types.ts';

/** Breakout rooms as an application sees them. Each is a meeting: `client.meetings.open(room.id)`. */

export interface BreakoutName {
  id: number;
  name: string;
}

/** While they are open, as everybody in the meeting knows them. */
export interface Breakouts {
  /** Everybody chooses their room themselves. */
  free: boolean;
  closing: boolean;
  closesAt: Date | null;
  rooms: readonly BreakoutName[];
  /** One's own. Host and moderators have none and may go into each. */
  room: BreakoutName | null;
}

export interface BreakoutRoom extends BreakoutName {
  /** Who has a place in it, and who of those that run the meeting is there. */
  participants: MeetingParticipant[];
}

export interface BreakoutList {
  state: 'none' | 'open' | 'closing';
  free: boolean;
  openedAt: Date | null;
  closesAt: Date | null;
  /** The number of one's own. */
  room: number | null;
  rooms: BreakoutRoom[];
}

export interface NewBreakouts {
  rooms: readonly { name: string; userIds?: readonly number[] }[];
  /** `even`: whoever is in the meeting and in no room yet is shared alike. */
  assign: 'manual' | 'even' | 'free';
  /** They close by themselves after so long. */
  minutes?: number;
}
