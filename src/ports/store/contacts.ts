/** Two people and how they stand; one row per pair. */
export interface ContactRow {
  /** The other one, seen from the asker of the query. */
  otherId: number;
  state: 'pending' | 'accepted' | 'blocked';
  /** Who asked, or who blocked; 0 when each has blocked the other. */
  byId: number;
  at: number;
}

export interface ContactQueries {
  between(a: number, b: number): Promise<ContactRow | undefined>;
  of(userId: number): Promise<ContactRow[]>;
  /** Of these people, those who are an accepted contact or share a group with the user (and no block stands between them). */
  reachable(userId: number, others: readonly number[]): Promise<Set<number>>;
}

export interface ContactWrites {
  /** Inserts or replaces the pair's row. */
  put(a: number, b: number, state: ContactRow['state'], byId: number, now: number): Promise<void>;
  remove(a: number, b: number): Promise<void>;
}
