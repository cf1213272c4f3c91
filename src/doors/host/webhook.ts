import { Type } from 'typebox';
import type { DeadDelivery, Webhook } from '../../core/webhooks/index.ts';
import { OrNull, Time, time } from './envelope.ts';

export const WebhookId = Type.String({ minLength: 1, maxLength: 64 });

/** An endpoint; its secret is never shown again. */
export const WebhookModel = Type.Object({
  id: Type.String(),
  url: Type.String(),
  events: Type.Array(Type.String()),
  cursor: Type.Integer({ description: 'Position of the last event delivered or given up.' }),
  attempts: Type.Integer({ description: 'Failed in a row, for the event after the cursor.' }),
  failing_since: OrNull(Time),
  created_at: Time,
});

export const presentWebhook = (webhook: Webhook) => ({
  id: webhook.id,
  url: webhook.url,
  events: webhook.events,
  cursor: webhook.cursor,
  attempts: webhook.attempts,
  failing_since: webhook.failingSince === null ? null : time(webhook.failingSince),
  created_at: time(webhook.createdAt),
});

export const DeadModel = Type.Object({
  position: Type.Integer(),
  subject: Type.String(),
  seq: Type.Integer(),
  type: Type.String(),
  error: Type.String(),
  at: Time,
});

export const presentDead = ({ webhookId: _, ...dead }: DeadDelivery) => ({ ...dead, at: time(dead.at) });
