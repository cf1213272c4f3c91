import type { MeetingStatus } from '../../core/meetings/meeting.ts';

/** Which meetings a list has; what is absent does not matter. */
export interface MeetingFilter {
  /** Those somebody has a part in (the creator has), in whatever state but removed. */
  ofUser?: number;
  creatorId?: number;
  notCreatorId?: number;
  /** Ongoing, or not planned to be over by then: its planned end (its start where none is said) is later, or there is no plan. */
  notPastAt?: number;
  statuses?: readonly MeetingStatus[];
  /** A part of the title, case-insensitive. */
  search?: string;
  /** By the time they are planned for, or were made where none is; from and before, in milliseconds. */
  from?: number;
  before?: number;
}

/** By the planned time (the time of making where there is none), or the time they were made. */
export type MeetingOrder = 'soonest' | 'latest' | 'newest';
