import type { Call, CallKind, CallState } from '../../core/calls/call.ts';

/** What a page of somebody's history may be narrowed by. Times in milliseconds. */
export interface HistoryFilter {
  kind?: CallKind;
  states?: readonly CallState[];
  /** Created at or after. */
  from?: number;
  /** Created before. */
  to?: number;
}

export interface CallQueries {
  get(callId: string): Promise<Call | undefined>;
  /** The call somebody is engaged in now. */
  liveOf(userId: number): Promise<Call | undefined>;
  /** Newest first; reads only that user's rows, whatever the size of the log. */
  history(userId: number, filter: HistoryFilter, limit: number, offset: number): Promise<Call[]>;
  countHistory(userId: number, filter: HistoryFilter): Promise<number>;
  /** Live calls with a leg whose deadline has passed. */
  due(now: number, limit: number): Promise<string[]>;
  /** Joined legs that had a socket and count as present: what a restart must look after. */
  boundLegs(): Promise<{ callId: string; userId: number; uid: string; device: string }[]>;
  /** The JSON text of the description a call was begun with, while it rings. */
  offer(callId: string): Promise<string | undefined>;
  /** B's statistics, as a participant's client reported them last. */
  stats(callId: string, userId: number): Promise<{ stats: unknown; at: number } | undefined>;
}

export interface CallWrites {
  /** The same as `get`, holding the call until the transaction ends where the database can. */
  lock(callId: string): Promise<Call | undefined>;
  insert(call: Call, offer: string | null): Promise<void>;
  /**
   * Writes what differs, if the stored version is still `before.version`; false if it is not.
   * The offer goes when the call no longer rings.
   */
  save(before: Call, after: Call): Promise<boolean>;
  /**
   * Engages people, in sorted order; whoever is engaged elsewhere already stays where they are and
   * is answered with the call (or room) that has them. People this call has already are no news.
   */
  engage(userIds: readonly number[], callId: string): Promise<Map<number, string>>;
  release(userIds: readonly number[], callId: string): Promise<void>;
  saveStats(callId: string, userId: number, stats: unknown, now: number): Promise<void>;
}
