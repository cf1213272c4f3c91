import type { AuditQueries } from './audit.ts';
import type { CallQueries } from './calls.ts';
import type { ContactQueries } from './contacts.ts';
import type { DeviceQueries } from './devices.ts';
import type { EventQueries } from './events.ts';
import type { GroupQueries } from './groups.ts';
import type { InvitationQueries } from './invitations.ts';
import type { MailQueries } from './mails.ts';
import type { MeetingSessionQueries } from './meeting-sessions.ts';
import type { MeetingQueries } from './meetings.ts';
import type { MessageQueries } from './messages.ts';
import type { PollQueries } from './polls.ts';
import type { RemovalQueries } from './removals.ts';
import type { ResetTokenQueries } from './reset-tokens.ts';
import type { RoomQueries } from './rooms.ts';
import type { SeriesQueries } from './series.ts';
import type { UserQueries } from './users.ts';
import type { WebhookQueries } from './webhooks.ts';

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
