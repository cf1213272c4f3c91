import type { Config } from '../config/config.ts';
import { InvitationLetters } from '../core/invitations/index.ts';
import type { MailQueue } from '../core/mail/index.ts';
import { invitationLetter } from '../doors/invitation-letter.ts';
import type { CalendarFiles } from '../ports/calendar.ts';
import type { Clock } from '../ports/clock.ts';
import type { Counters } from '../ports/counters.ts';

interface Needs {
  clock: Clock;
  counters: Counters;
  mails: MailQueue;
  /** Where people reach this server; asked once it listens. */
  address: () => string;
}

/** What those who are invited to meetings are told by mail. */
export const openLetters = ({ mail, rateLimits }: Config, needs: Needs): InvitationLetters =>
  new InvitationLetters({
    ...needs,
    calendars: lazyCalendars(),
    write: invitationLetter,
    sender: /<([^<>]+)>$/.exec(mail.from)?.[1] ?? mail.from,
    limited: rateLimits,
  });

/** Most servers write no calendar between two starts: the library is loaded with the first. */
function lazyCalendars(): CalendarFiles {
  let files: Promise<CalendarFiles> | undefined;
  return {
    async write(entry) {
      files ??= import('../adapters/calendar/ical-files.ts').then(({ icalFiles }) => icalFiles);
      return (await files).write(entry);
    },
  };
}
