import type { Queries } from './store/queries.ts';
import type { Transaction } from './store/transaction.ts';

export type { Queries } from './store/queries.ts';
export type { Transaction } from './store/transaction.ts';

/** The truth. Everything acknowledged is in it. */
export interface Store {
  readonly read: Queries;
  /**
   * Serialization failures and deadlocks run `work` again, a bounded number of times: it must not
   * touch anything but the transaction. What it throws rolls everything back and is thrown on.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Throws `unavailable` when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
