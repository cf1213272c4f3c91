import type { MeetingHead, PeopledMeeting } from '../../core/meetings/meeting.ts';

/** Breakout rooms are meetings; what is asked of them as rooms of another one. */
export interface BreakoutQueries {
  /** The open ones of a meeting, in the order they were made. */
  roomsOf(parentId: number): Promise<MeetingHead[]>;
  /** The same with their people, all at once. */
  peopledRoomsOf(parentId: number): Promise<PeopledMeeting[]>;
  /**
   * Every meeting with open ones: its version, undefined if it is there no more, and whether anybody is
   * in one of them.
   */
  apart(): Promise<{ id: number; version: number | undefined; occupied: boolean }[]>;
}
