import type { LoggedEvent, OrderedEvent } from '../../core/events.ts';

export interface EventQueries {
  /** Of one subject, after a number, oldest first. */
  ofSubject(subject: string, after: number, limit: number): Promise<LoggedEvent[]>;
  /** Of all subjects in the one order, after a position. */
  ordered(after: number, limit: number): Promise<OrderedEvent[]>;
  lastPosition(): Promise<number>;
  /** Something committed has no position yet. */
  unsequenced(): Promise<boolean>;
}

export interface EventWrites {
  append(events: readonly LoggedEvent[]): Promise<void>;
  /**
   * Appends where the subject has no version of its own (contacts, groups): takes the subject's
   * next number, atomically.
   */
  appendNext(subject: string, type: string, at: number, data: LoggedEvent['data']): Promise<LoggedEvent>;
  /** Gives committed events their positions, oldest first; how many. Call it holding the lease. */
  sequence(limit: number): Promise<number>;
}
