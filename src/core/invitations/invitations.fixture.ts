import { icalFiles } from '../../adapters/calendar/ical-files.ts';
import { invitationLetter } from '../../doors/invitation-letter.ts';
import type { Letter } from '../../ports/mail.ts';
import { Meetings } from '../meetings/index.ts';
import { type MeetingsWorld, meetingsWorld, RULES } from '../meetings/meetings.fixture.ts';
import { RecurringMeetings } from '../series/index.ts';
import { CHEAP } from '../users/people.fixture.ts';
import { InvitationLetters, Invitations } from './index.ts';

/** Invitations to meetings over a real database, with mail that is kept. */
export interface InvitationsWorld extends MeetingsWorld {
  invitations: Invitations;
  series: RecurringMeetings;
  /** The letters since it was asked last, by whom they are for. */
  post(): Promise<Letter[]>;
}

export async function invitationsWorld(): Promise<InvitationsWorld> {
  const world = await meetingsWorld();
  const { store, bus, clock, counters, engine, people, tickets, mails, failures } = world;
  const letters = new InvitationLetters({
    clock,
    counters,
    mails,
    calendars: icalFiles,
    write: invitationLetter,
    address: () => 'https://call.example.com',
    sender: 'calls@example.com',
    limited: true,
  });
  const failed = (_: string, error: unknown) => void failures.push(error);
  const meetings = new Meetings({
    store,
    bus,
    clock,
    counters,
    engine,
    people,
    passwords: CHEAP,
    tickets,
    rules: RULES,
    follow: letters.follow,
    failed,
  });
  const series = new RecurringMeetings({ store, clock, meetings, people, passwords: CHEAP, failed });
  const invitations = new Invitations({ store, clock, meetings, series, people, letters });
  return Object.assign(world, {
    meetings,
    series,
    invitations,
    async post() {
      await mails.send();
      return world.letters.splice(0).sort((a, b) => (a.to < b.to ? -1 : 1));
    },
  });
}
