import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DeadDelivery, Webhook } from '../../ports/store/webhooks.ts';
import type { Store } from '../../ports/store.ts';
import { invalid, notFound } from '../errors.ts';
import { newId } from '../ids.ts';

export type { DeadDelivery, Webhook };

/** What keeping webhooks needs of the program. */
export interface WebhookApp {
  store: Store;
  bus: Bus;
  clock: Clock;
}

export interface WebhookInput {
  url: string;
  secret: string;
  events: readonly string[];
}

const DEAD_SHOWN = 1000;
const PATTERN = /^(\*|[a-z]+\.(\*|[a-z_]+))$/;

/** A new endpoint is sent what happens from now on; `replay` takes it back in time. */
export async function addWebhook({ store, clock }: WebhookApp, input: WebhookInput): Promise<Webhook> {
  const now = clock.now();
  const webhook = {
    id: newId('wh', now),
    url: cleanEndpoint(input.url),
    secret: input.secret,
    events: cleanPatterns(input.events),
    cursor: await store.read.events.lastPosition(),
    attempts: 0,
    nextAt: now,
    failingSince: null,
    createdAt: now,
  };
  await store.transaction((tx) => tx.webhooks.insert(webhook));
  return webhook;
}

export function listWebhooks({ store }: Pick<WebhookApp, 'store'>): Promise<Webhook[]> {
  return store.read.webhooks.list();
}

export async function getWebhook({ store }: WebhookApp, id: string): Promise<Webhook> {
  const webhook = await store.read.webhooks.get(id);
  if (!webhook) throw notFound('webhook.unknown', { webhookId: id });
  return webhook;
}

export async function removeWebhook(app: WebhookApp, id: string): Promise<void> {
  await getWebhook(app, id);
  await app.store.transaction((tx) => tx.webhooks.remove(id));
}

/** Sends everything after a position again, at once: also what had failed for good. */
export async function replayWebhook(app: WebhookApp, id: string, after: number): Promise<Webhook> {
  const last = await app.store.read.events.lastPosition();
  const patch = { cursor: Math.min(after, last), attempts: 0, nextAt: app.clock.now(), failingSince: null };
  const found = await app.store.transaction((tx) => tx.webhooks.update(id, patch));
  if (!found) throw notFound('webhook.unknown', { webhookId: id });
  app.bus.publish('sequenced', { last });
  return getWebhook(app, id);
}

/** Deliveries that were given up after their 24 hours, the newest thousand. */
export async function deadOf(app: WebhookApp, id: string): Promise<DeadDelivery[]> {
  await getWebhook(app, id);
  return app.store.read.webhooks.dead(id, DEAD_SHOWN);
}

/** Hosts name addresses of their own networks, so any host will do; credentials belong in the secret. */
function cleanEndpoint(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalid('url', 'webhook.bad_url');
  }
  return value;
}

function cleanPatterns(events: readonly string[]): string[] {
  if (!events.every((pattern) => PATTERN.test(pattern))) throw invalid('events', 'webhook.bad_events');
  return [...new Set(events)];
}
