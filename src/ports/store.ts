import type { CallQueries, CallWrites } from './store/calls.ts';
import type { ContactQueries, ContactWrites } from './store/contacts.ts';
import type { DeviceQueries, DeviceWrites } from './store/devices.ts';
import type { EventQueries, EventWrites } from './store/events.ts';
import type { GroupQueries, GroupWrites } from './store/groups.ts';
import type { Leases } from './store/leases.ts';
import type { MeetingSessionQueries, MeetingSessionWrites } from './store/meeting-sessions.ts';
import type { MeetingQueries, MeetingWrites } from './store/meetings.ts';
import type { MessageQueries, MessageWrites } from './store/messages.ts';
import type { RemovalQueries, RemovalWrites } from './store/removals.ts';
import type { RoomQueries, RoomWrites } from './store/rooms.ts';
import type { UserQueries, UserWrites } from './store/users.ts';
import type { WebhookQueries, WebhookWrites } from './store/webhooks.ts';

/** What can be read, inside a transaction or outside. */
export interface Queries {
  users: UserQueries;
  contacts: ContactQueries;
  groups: GroupQueries;
  devices: DeviceQueries;
  calls: CallQueries;
  rooms: RoomQueries;
  meetings: MeetingQueries;
  meetingSessions: MeetingSessionQueries;
  messages: MessageQueries;
  removals: RemovalQueries;
  events: EventQueries;
  webhooks: WebhookQueries;
}

/** Reads and writes that commit together or not at all. Unusable after the transaction's end. */
export interface Transaction extends Queries {
  users: UserQueries & UserWrites;
  contacts: ContactQueries & ContactWrites;
  groups: GroupQueries & GroupWrites;
  devices: DeviceQueries & DeviceWrites;
  calls: CallQueries & CallWrites;
  rooms: RoomQueries & RoomWrites;
  meetings: MeetingQueries & MeetingWrites;
  meetingSessions: MeetingSessionQueries & MeetingSessionWrites;
  messages: MessageQueries & MessageWrites;
  removals: RemovalQueries & RemovalWrites;
  events: EventQueries & EventWrites;
  webhooks: WebhookQueries & WebhookWrites;
  leases: Leases;
}

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
