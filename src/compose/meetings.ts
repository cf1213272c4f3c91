import type { Config } from '../config/config.ts';
import { Breakouts } from '../core/breakouts/index.ts';
import { Tickets } from '../core/identity/index.ts';
import { RoomsSweeper, type Swept } from '../core/media/index.ts';
import { Guests, type GuestsDeps, MeetingFeed, Meetings, type MeetingsDeps } from '../core/meetings/index.ts';
import { Polls, pollsSweeper } from '../core/polls/index.ts';
import { RecurringMeetings, seriesSweeper } from '../core/series/index.ts';
import type { People } from '../core/users/index.ts';
import type { TokenCodec } from '../ports/tokens.ts';

type Needs = Omit<MeetingsDeps & GuestsDeps, 'tickets' | 'rules'> & {
  codec: TokenCodec;
  tokenSecret: string;
  /** Without guests, who are in `people`: none of them plans a meeting. */
  accounts: People;
};

/** Contract E's meetings, what sweeps them, and what tells this node's sockets of them. */
export function openMeetings({ media }: Config, { codec, tokenSecret, accounts, ...needs }: Needs) {
  const { store, bus, clock, engine, failed } = needs;
  const tickets = new Tickets({ store, codec, clock, secret: tokenSecret });
  const rules = {
    emptyRoomMs: media.emptyRoomMs,
    departureMs: media.departureMs,
    autoCreate: media.autoCreate,
  };
  const meetings = new Meetings({ ...needs, tickets, rules });
  const guests = new Guests(needs);
  guests.start();
  const meetingFeed = new MeetingFeed({ store, bus, failed });
  const breakouts = new Breakouts({ store, bus, people: needs.people, meetings, failed });
  const swept: Swept = {
    heard: (event) => meetings.heard(event),
    expel: (userId, reason) => meetings.expel(userId, reason),
    reconcile: (thorough) => meetings.reconcile(thorough),
    // What is over by its deadline takes its breakout rooms along.
    sweep: async () => (await meetings.sweep()) + (await breakouts.sweep()),
  };
  const sweeper = new RoomsSweeper({ swept, what: 'meetings', engine, bus, failed });
  sweeper.start();
  const polls = new Polls({ store, bus, clock, failed });
  const tellingPolls = pollsSweeper(polls, failed);
  tellingPolls.start();
  const { passwords } = needs;
  const series = new RecurringMeetings({ store, clock, meetings, people: accounts, passwords, failed });
  const makingMeetings = seriesSweeper(series, failed);
  makingMeetings.now();
  makingMeetings.start();
  const close = async () => {
    meetingFeed.stop();
    await makingMeetings.stop();
    await guests.stop();
    await tellingPolls.stop();
    await sweeper.stop();
  };
  return { app: { tickets, meetings, guests, meetingFeed, breakouts, polls, series }, close };
}
