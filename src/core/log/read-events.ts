import type { Store } from '../../ports/store.ts';
import type { LoggedEvent, OrderedEvent } from '../events.ts';

/** A stretch of the log and the number to go on from. */
export interface Page<E> {
  events: E[];
  last: number;
}

/** One subject's events after a number. */
export async function eventsOf(
  { store }: { store: Store },
  subject: string,
  after: number,
  limit: number,
): Promise<Page<LoggedEvent>> {
  const events = await store.read.events.ofSubject(subject, after, limit);
  return { events, last: events.at(-1)?.seq ?? after };
}

/** All subjects' events in the one order, after a position. */
export async function eventsInOrder(
  { store }: { store: Store },
  after: number,
  limit: number,
): Promise<Page<OrderedEvent>> {
  const events = await store.read.events.ordered(after, limit);
  return { events, last: events.at(-1)?.position ?? after };
}
