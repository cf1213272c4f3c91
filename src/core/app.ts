import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Counters } from '../ports/counters.ts';
import type { MediaEngine } from '../ports/media-engine.ts';
import type { MediaSessions } from '../ports/media-sessions.ts';
import type { Store } from '../ports/store.ts';
import type { Breakouts } from './breakouts/index.ts';
import type { IceConfig } from './calls/ice-servers.ts';
import type { CallRooms, Calls } from './calls/index.ts';
import type { Relay } from './calls/relay.ts';
import type { Contacts } from './contacts/contacts.ts';
import type { Groups } from './groups/groups.ts';
import type { Identity } from './identity/identity.ts';
import type { Tickets } from './identity/ticket.ts';
import type { Invitations } from './invitations/index.ts';
import type { Guests, MeetingFeed, Meetings } from './meetings/index.ts';
import type { Polls } from './polls/index.ts';
import type { Presence } from './presence/presence.ts';
import type { Rooms } from './rooms/index.ts';
import type { RecurringMeetings } from './series/index.ts';
import type { Accounts } from './users/accounts.ts';
import type { Administration } from './users/administration.ts';
import type { Avatars } from './users/avatars.ts';
import type { Credentials } from './users/credentials.ts';
import type { Forgotten } from './users/forgotten.ts';
import type { People } from './users/people.ts';

/** The core as the doors see it: everything a request may ask for. */
export interface App {
  store: Store;
  bus: Bus;
  clock: Clock;
  counters: Counters;
  engine: MediaEngine;
  /** The engine's own clients come in through our doors; undefined when a cluster takes them. */
  media: MediaSessions | undefined;
  /** Takes a cluster's webhook; throws `unauthenticated`. Undefined when the engine is no cluster. */
  engineWebhook: ((body: string, authorization: string | undefined) => Promise<void>) | undefined;
  identity: Identity;
  accounts: Accounts;
  credentials: Credentials;
  forgotten: Forgotten;
  administration: Administration;
  avatars: Avatars;
  people: People;
  contacts: Contacts;
  groups: Groups;
  calls: Calls;
  callRooms: CallRooms;
  rooms: Rooms;
  meetings: Meetings;
  guests: Guests;
  breakouts: Breakouts;
  meetingFeed: MeetingFeed;
  invitations: Invitations;
  polls: Polls;
  series: RecurringMeetings;
  /** To signalling sockets, by their address. */
  tickets: Tickets;
  relay: Relay;
  presence: Presence;
  ice: IceConfig;
}
