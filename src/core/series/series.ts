import type { MeetingHead } from '../meetings/index.ts';

/** When a series has its meetings. */
export interface Timing {
  /** A rule of RFC 5545 in its one way of being written. */
  rule: string;
  /** The place whose clocks it goes by, as `Europe/Berlin`. */
  timezone: string;
  /** Its first beginning as those clocks show it: `2026-03-02T10:00:00`. It is an occurrence itself. */
  start: string;
  /** Days that are left out: `2026-12-24`. */
  exdates: readonly string[];
}

/** What its meetings are like. */
export type Template = Pick<
  MeetingHead,
  'title' | 'description' | 'maxParticipants' | 'type' | 'settings' | 'hasPassword'
>;

/** A meeting that recurs: its occurrences are meetings of their own, made ahead of their time. */
export interface Series extends Timing, Template {
  /** Given by the database; 0 until then. */
  id: number;
  creatorId: number;
  durationMs: number;
  /** Ended: cancelled, or its last occurrence is past. */
  state: 'active' | 'ended';
  /** Up to here its meetings have been made; what is not there any more was taken away. */
  madeUntil: number;
  /** When somebody looks for what is to be made; null when it has ended. */
  lookAt: number | null;
  createdAt: number;
  updatedAt: number;
  version: number;
}

/** Made ahead: all that begin so soon, and at least so many. */
export const AHEAD = { ms: 60 * 86_400_000, least: 3 };
/** How often a series is looked at. */
export const LOOK_MS = 86_400_000;
