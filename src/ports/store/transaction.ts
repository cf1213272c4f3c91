import type { AuditWrites } from './audit.ts';
import type { CallWrites } from './calls.ts';
import type { ContactWrites } from './contacts.ts';
import type { DeviceWrites } from './devices.ts';
import type { EventWrites } from './events.ts';
import type { GroupWrites } from './groups.ts';
import type { InvitationWrites } from './invitations.ts';
import type { Leases } from './leases.ts';
import type { MailWrites } from './mails.ts';
import type { MeetingSessionWrites } from './meeting-sessions.ts';
import type { MeetingWrites } from './meetings.ts';
import type { MessageWrites } from './messages.ts';
import type { PollWrites } from './polls.ts';
import type { Queries } from './queries.ts';
import type { RemovalWrites } from './removals.ts';
import type { ResetTokenWrites } from './reset-tokens.ts';
import type { RoomWrites } from './rooms.ts';
import type { SeriesWrites } from './series.ts';
import type { UserWrites } from './users.ts';
import type { WebhookWrites } from './webhooks.ts';

/** Reads and writes that commit together or not at all. Unusable after the transaction's end. */
export interface Transaction extends Queries {
  users: Queries['users'] & UserWrites;
  contacts: Queries['contacts'] & ContactWrites;
  groups: Queries['groups'] & GroupWrites;
  devices: Queries['devices'] & DeviceWrites;
  calls: Queries['calls'] & CallWrites;
  rooms: Queries['rooms'] & RoomWrites;
  meetings: Queries['meetings'] & MeetingWrites;
  meetingSessions: Queries['meetingSessions'] & MeetingSessionWrites;
  messages: Queries['messages'] & MessageWrites;
  series: Queries['series'] & SeriesWrites;
  polls: Queries['polls'] & PollWrites;
  removals: Queries['removals'] & RemovalWrites;
  events: Queries['events'] & EventWrites;
  webhooks: Queries['webhooks'] & WebhookWrites;
  audit: Queries['audit'] & AuditWrites;
  resetTokens: Queries['resetTokens'] & ResetTokenWrites;
  mails: Queries['mails'] & MailWrites;
  invitations: Queries['invitations'] & InvitationWrites;
  leases: Leases;
}
