/**
 * Something one process at a time may do (`sequencer`, `outbox`), and the life of a node: a lease
 * whose name and holder are both the node's id.
 */
export interface Leases {
  /** Takes or renews; false while somebody else holds it. */
  take(name: string, holder: string, now: number, ttlMs: number): Promise<boolean>;
  drop(name: string, holder: string): Promise<void>;
  /** Who has it or had it last, whether it has run out or not. */
  holderOf(name: string): Promise<string | undefined>;
}
