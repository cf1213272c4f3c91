import type { Transaction } from '../../ports/store.ts';
import { auditOf } from './audit.ts';
import { callsOf } from './calls.ts';
import { contactsOf } from './contacts.ts';
import type { Db } from './db.ts';
import { devicesOf } from './devices.ts';
import { eventsOf } from './events.ts';
import { groupsOf } from './groups.ts';
import { invitationsOf } from './invitations.ts';
import { leasesOf } from './leases.ts';
import { mailsOf } from './mails.ts';
import { meetingSessionsOf } from './meeting-sessions.ts';
import { meetingsOf } from './meetings.ts';
import { messagesOf } from './messages.ts';
import { pollsOf } from './polls.ts';
import { removalsOf } from './removals.ts';
import { resetTokensOf } from './reset-tokens.ts';
import { roomsOf } from './rooms.ts';
import { seriesOf } from './series.ts';
import { usersOf } from './users.ts';
import { webhooksOf } from './webhooks.ts';

/** The port's nouns over one connection, each bound when it is asked for: most work needs few. */
export class Nouns implements Transaction {
  readonly #db: Db;
  #users: Transaction['users'] | undefined;
  #contacts: Transaction['contacts'] | undefined;
  #groups: Transaction['groups'] | undefined;
  #devices: Transaction['devices'] | undefined;
  #calls: Transaction['calls'] | undefined;
  #rooms: Transaction['rooms'] | undefined;
  #meetings: Transaction['meetings'] | undefined;
  #meetingSessions: Transaction['meetingSessions'] | undefined;
  #messages: Transaction['messages'] | undefined;
  #series: Transaction['series'] | undefined;
  #polls: Transaction['polls'] | undefined;
  #removals: Transaction['removals'] | undefined;
  #events: Transaction['events'] | undefined;
  #webhooks: Transaction['webhooks'] | undefined;
  #audit: Transaction['audit'] | undefined;
  #resetTokens: Transaction['resetTokens'] | undefined;
  #mails: Transaction['mails'] | undefined;
  #invitations: Transaction['invitations'] | undefined;
  #leases: Transaction['leases'] | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  get users() {
    this.#users ??= usersOf(this.#db);
    return this.#users;
  }
  get contacts() {
    this.#contacts ??= contactsOf(this.#db);
    return this.#contacts;
  }
  get groups() {
    this.#groups ??= groupsOf(this.#db);
    return this.#groups;
  }
  get devices() {
    this.#devices ??= devicesOf(this.#db);
    return this.#devices;
  }
  get calls() {
    this.#calls ??= callsOf(this.#db);
    return this.#calls;
  }
  get rooms() {
    this.#rooms ??= roomsOf(this.#db);
    return this.#rooms;
  }
  get meetings() {
    this.#meetings ??= meetingsOf(this.#db);
    return this.#meetings;
  }
  get meetingSessions() {
    this.#meetingSessions ??= meetingSessionsOf(this.#db);
    return this.#meetingSessions;
  }
  get messages() {
    this.#messages ??= messagesOf(this.#db);
    return this.#messages;
  }
  get series() {
    this.#series ??= seriesOf(this.#db);
    return this.#series;
  }
  get polls() {
    this.#polls ??= pollsOf(this.#db);
    return this.#polls;
  }
  get removals() {
    this.#removals ??= removalsOf(this.#db);
    return this.#removals;
  }
  get events() {
    this.#events ??= eventsOf(this.#db);
    return this.#events;
  }
  get webhooks() {
    this.#webhooks ??= webhooksOf(this.#db);
    return this.#webhooks;
  }
  get audit() {
    this.#audit ??= auditOf(this.#db);
    return this.#audit;
  }
  get resetTokens() {
    this.#resetTokens ??= resetTokensOf(this.#db);
    return this.#resetTokens;
  }
  get mails() {
    this.#mails ??= mailsOf(this.#db);
    return this.#mails;
  }
  get invitations() {
    this.#invitations ??= invitationsOf(this.#db);
    return this.#invitations;
  }
  get leases() {
    this.#leases ??= leasesOf(this.#db);
    return this.#leases;
  }
}
