/** At most `limit` in any `windowMs`, wherever the window begins. */
export interface Budget {
  limit: number;
  windowMs: number;
}

export interface Tally {
  /** How many are in the window that ends now; never more than the limit. */
  count: number;
  /** Of a hit: whether there was room for it and it is among them. Of a look: whether there would be. */
  room: boolean;
  /** When the oldest of them leaves the window; now, when there is none. */
  resetAt: number;
  /** When the one before this was counted; null when there is none in the window. */
  lastAt: number | null;
}

/**
 * How often something has happened lately, over all nodes. Cheap and forgetful: at most one round trip,
 * nothing in the database, and an outage or a restart forgets. What must be certain belongs in the store.
 */
export interface Counters {
  /**
   * Counts one, if there is room. What finds no room is not counted: whoever waits until `resetAt`
   * comes in, however often they have tried meanwhile.
   */
  hit(key: string, budget: Budget): Promise<Tally>;
  /** The same without counting. */
  look(key: string, budget: Budget): Promise<Tally>;
  /** Takes the newest one back; nothing when there is none. Hit first and give back when all was well: parallel attempts see each other. */
  giveBack(key: string): Promise<void>;
  /** Begins anew. */
  forget(key: string): Promise<void>;
  close(): Promise<void>;
}
