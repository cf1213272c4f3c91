/** Who was removed from a room of the engine and when: tickets of before let nobody in. */
export interface RemovalQueries {
  /** The last time, in milliseconds. */
  lastOf(room: string, identity: string): Promise<number | undefined>;
}

export interface RemovalWrites {
  remember(room: string, identity: string, at: number): Promise<void>;
  /** All of before, of any room. */
  forgetBefore(at: number): Promise<void>;
  /** They may come in again. */
  forget(room: string, identity: string): Promise<void>;
}
