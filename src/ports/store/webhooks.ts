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
