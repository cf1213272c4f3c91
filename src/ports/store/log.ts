import type { LoggedEvent, OrderedEvent } from '../../core/events.ts';

export interface EventQueries {
  /** Of one subject, after a number, oldest first. */
  ofSubject(subject: string, after: number, limit: number): Promise<LoggedEvent[]>;
  /** Of all subjects in the one order, after a position. */
  ordered(after: number, limit: number): Promise<OrderedEvent[]>;
  lastPosition(): Promise<number>;
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

/** Where events are sent. `cursor` is the position of the last one delivered or given up. */
export interface Webhook {
  id: string;
  url: string;
  secret: string;
  /** Types, `call.*` or `*`. */
  events: string[];
  cursor: number;
  attempts: number;
  nextAt: number;
  /** When the event after the cursor failed first; its 24 hours count from here. */
  failingSince: number | null;
  createdAt: number;
}

export interface DeadDelivery {
  webhookId: string;
  position: number;
  subject: string;
  seq: number;
  type: string;
  error: string;
  at: number;
}

export interface WebhookQueries {
  list(): Promise<Webhook[]>;
  get(id: string): Promise<Webhook | undefined>;
  dead(webhookId: string, limit: number): Promise<DeadDelivery[]>;
}

export interface WebhookWrites {
  insert(webhook: Webhook): Promise<void>;
  /**
   * With `ifCursor`, only while the cursor is still there; false if it is not or the webhook is gone,
   * so that a delivery under way never undoes a replay.
   */
  update(id: string, patch: Partial<Omit<Webhook, 'id' | 'createdAt'>>, ifCursor?: number): Promise<boolean>;
  remove(id: string): Promise<void>;
  bury(dead: DeadDelivery): Promise<void>;
}

/**
 * Something one process at a time may do (`sequencer`, `outbox`), and the life of a node: a lease
 * whose name and holder are both the node's id.
 */
export interface Leases {
  /** Takes or renews; false while somebody else holds it. */
  take(name: string, holder: string, now: number, ttlMs: number): Promise<boolean>;
  drop(name: string, holder: string): Promise<void>;
}
