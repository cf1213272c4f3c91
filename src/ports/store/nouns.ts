import type { AuditQueries, AuditWrites } from './audit.ts';
import type { CallQueries, CallWrites } from './calls.ts';
import type { ContactQueries, ContactWrites } from './contacts.ts';
import type { DeviceQueries, DeviceWrites } from './devices.ts';
import type { EventQueries, EventWrites } from './events.ts';
import type { GroupQueries, GroupWrites } from './groups.ts';
import type { InvitationQueries, InvitationWrites } from './invitations.ts';
import type { Leases } from './leases.ts';
import type { MailQueries, MailWrites } from './mails.ts';
import type { MeetingSessionQueries, MeetingSessionWrites } from './meeting-sessions.ts';
import type { MeetingQueries, MeetingWrites } from './meetings.ts';
import type { MessageQueries, MessageWrites } from './messages.ts';
import type { PollQueries, PollWrites } from './polls.ts';
import type { RemovalQueries, RemovalWrites } from './removals.ts';
import type { ResetTokenQueries, ResetTokenWrites } from './reset-tokens.ts';
import type { RoomQueries, RoomWrites } from './rooms.ts';
import type { SeriesQueries, SeriesWrites } from './series.ts';
import type { UserQueries, UserWrites } from './users.ts';
import type { WebhookQueries, WebhookWrites } from './webhooks.ts';

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
  series: SeriesQueries;
  polls: PollQueries;
  removals: RemovalQueries;
  events: EventQueries;
  webhooks: WebhookQueries;
  audit: AuditQueries;
  resetTokens: ResetTokenQueries;
  mails: MailQueries;
  invitations: InvitationQueries;
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
  series: SeriesQueries & SeriesWrites;
  polls: PollQueries & PollWrites;
  removals: RemovalQueries & RemovalWrites;
  events: EventQueries & EventWrites;
  webhooks: WebhookQueries & WebhookWrites;
  audit: AuditQueries & AuditWrites;
  resetTokens: ResetTokenQueries & ResetTokenWrites;
  mails: MailQueries & MailWrites;
  invitations: InvitationQueries & InvitationWrites;
  leases: Leases;
}
