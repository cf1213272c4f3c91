import { createHmac } from 'node:crypto';
import type { Webhook } from '../../ports/store/webhooks.ts';
import type { OrderedEvent } from '../events.ts';
import { CONFIGURED } from './configured.ts';

/** One request to an endpoint, complete. */
export interface Delivery {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Types as they are, `call.*` for all of a kind, `*` for everything. */
export function wants(webhook: Webhook, type: string): boolean {
  return webhook.events.some(
    (pattern) =>
      pattern === '*' ||
      pattern === type ||
      (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  );
}

/**
 * The same for every repeat of one event, so that a receiver can know what it has had. It is sent as a
 * header too, which takes no name in other letters.
 */
export const eventId = ({ subject, seq }: OrderedEvent): string =>
  `${encodeURI(subject.toWellFormed())}:${seq}`;

/**
 * How contract D signs its business webhooks: the body, with the endpoint's secret. `WEBHOOK_URL` is
 * that contract's endpoint: events of rooms come there with its fields and no others.
 */
export function deliveryOf(
  webhook: Webhook,
  event: OrderedEvent,
  now: number,
  retryAfterMs: number,
): Delivery {
  const body = JSON.stringify({
    event_type: event.type,
    event_id: eventId(event),
    timestamp: seconds(event.at),
    ...(webhook.id === CONFIGURED && event.subject.startsWith('room:')
      ? {}
      : { subject: event.subject, seq: event.seq }),
    data: event.data,
    retry: webhook.attempts,
    retry_after: Math.round(retryAfterMs / 1000),
  });
  const url = new URL(webhook.url);
  url.searchParams.append('event', event.type);
  return {
    url: url.href,
    headers: {
      'Content-Type': 'application/json',
      'X-Event-Type': event.type,
      'X-Event-ID': eventId(event),
      'X-Timestamp': String(seconds(now)),
      'X-Signature': createHmac('sha256', webhook.secret).update(body).digest('hex'),
    },
    body,
  };
}

const seconds = (at: number) => Math.floor(at / 1000);

const FIRST_MS = 1000;
const LONGEST_MS = 3_600_000;

/** How long after so many failures the next attempt comes: doubling, with up to a fifth more by chance. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const plain = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(Math.min(LONGEST_MS, plain * (1 + random() / 5)));
}
