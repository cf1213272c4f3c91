export type { Page } from './read-events.ts';
export { eventsInOrder, eventsOf } from './read-events.ts';
