import type { Clock } from '../../ports/clock.ts';
import type { HttpPost } from '../../ports/http-post.ts';
import type { Webhook } from '../../ports/store/webhooks.ts';
import type { Store } from '../../ports/store.ts';
import type { OrderedEvent } from '../events.ts';
import { backoffMs, deliveryOf, wants } from './delivery.ts';

/** How long an event is tried: since it happened, or since the endpoint began to fail, if that was later. */
export const GIVE_UP_MS = 24 * 3_600_000;
const BATCH = 100;

export interface QueueDeps {
  store: Store;
  clock: Clock;
  http: HttpPost;
  /** False when this process must not deliver any more: it stops, or the lease is somebody else's. */
  mayGoOn: () => Promise<boolean>;
  /** Aborted when what is being sent is waited for no longer. */
  givenUp: AbortSignal;
}

/**
 * One endpoint's queue: events in order, one at a time, the next only when the one before has been
 * taken or given up. The cursor moves in the database after each, and only from where it was read:
 * whoever is killed between sending and moving sends that one again, and a replay is never undone.
 * Answers where the cursor is when nothing is left, and nothing when something is.
 */
export async function workOff(deps: QueueDeps, id: string): Promise<number | undefined> {
  const { store, clock } = deps;
  for (;;) {
    const webhook = await store.read.webhooks.get(id);
    if (!webhook || webhook.nextAt > clock.now()) return undefined;
    const events = await store.read.events.ordered(webhook.cursor, BATCH);
    const after = await deliverAll(deps, webhook, events);
    if (!after || events.length < BATCH) return after?.cursor;
  }
}

/** The webhook after all of these; nothing when a delivery failed or somebody else moved the cursor. */
async function deliverAll(
  deps: QueueDeps,
  webhook: Webhook,
  events: readonly OrderedEvent[],
): Promise<Webhook | undefined> {
  let now = webhook;
  for (const event of events) {
    if (!wants(webhook, event.type)) continue;
    if (!(await deps.mayGoOn())) return undefined;
    const next = await deliver(deps, now, event);
    if (!next) return undefined;
    now = next;
  }
  // What the endpoint does not want is passed over in storage too, though not event by event.
  const cursor = events.at(-1)?.position ?? now.cursor;
  if (events.length < BATCH || cursor === now.cursor) return now;
  return (await move(deps.store, now, { cursor })) ? { ...now, cursor } : undefined;
}

async function deliver(deps: QueueDeps, webhook: Webhook, event: OrderedEvent): Promise<Webhook | undefined> {
  const { store, clock } = deps;
  const retryAfterMs = backoffMs(webhook.attempts + 1);
  const error = await send(deps, webhook, event, retryAfterMs);
  // That is no failure of the endpoint: it is sent again after the next start.
  if (error !== undefined && deps.givenUp.aborted) return undefined;
  const now = clock.now();
  const done = { cursor: event.position, attempts: 0, nextAt: now, failingSince: null };
  if (error === undefined) return (await move(store, webhook, done)) ? { ...webhook, ...done } : undefined;
  const failingSince = webhook.failingSince ?? now;
  // What waited behind an event that is given up has had its time, too: a dead endpoint lags a day, not for ever.
  const end = Math.max(failingSince, event.at) + GIVE_UP_MS;
  if (now < end) {
    // The last attempt is made when the time is over, not an hour before.
    const nextAt = Math.min(now + retryAfterMs, end);
    await move(store, webhook, { attempts: webhook.attempts + 1, failingSince, nextAt });
    return undefined;
  }
  const { position, subject, seq, type } = event;
  const over = { cursor: position, attempts: webhook.attempts, nextAt: now, failingSince };
  const buried = await store.transaction(async (tx) => {
    if (!(await tx.webhooks.update(webhook.id, over, webhook.cursor))) return false;
    await tx.webhooks.bury({ webhookId: webhook.id, position, subject, seq, type, error, at: now });
    return true;
  });
  return buried ? { ...webhook, ...over } : undefined;
}

/** What went wrong, in words for the dead list; nothing when the endpoint took it. */
async function send(
  { http, clock, givenUp }: QueueDeps,
  webhook: Webhook,
  event: OrderedEvent,
  retryAfterMs: number,
): Promise<string | undefined> {
  const { url, headers, body } = deliveryOf(webhook, event, clock.now(), retryAfterMs);
  try {
    const { status } = await http.post(url, headers, body, givenUp);
    return status >= 200 && status < 300 ? undefined : `answered ${status}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return (error instanceof Error ? `${error.message}${cause}` : String(error)).slice(0, 500);
  }
}

type Patch = Partial<Omit<Webhook, 'id' | 'createdAt'>>;

const move = (store: Store, webhook: Webhook, patch: Patch): Promise<boolean> =>
  store.transaction((tx) => tx.webhooks.update(webhook.id, patch, webhook.cursor));
