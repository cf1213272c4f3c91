import type { CalendarEntry, CalendarFiles } from '../../ports/calendar.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Budget, Counters } from '../../ports/counters.ts';
import type { Letter } from '../../ports/mail.ts';
import type { Transaction } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import type { MailQueue } from '../mail/index.ts';
import type { Follow } from '../meetings/machine.ts';
import { type MeetingHead, subjectOf } from '../meetings/meeting.ts';
import type { Series } from '../series/index.ts';
import type { User } from '../users/user.ts';
import { type EntryFacts, linkOf, meetingEntry, seriesEntry } from './entries.ts';
import type { Invitation } from './invitation.ts';
import { type NewsKind, oneLine, type WriteInvitation, whenIn } from './news.ts';

export interface LettersDeps {
  clock: Clock;
  counters: Pick<Counters, 'hit'>;
  mails: Pick<MailQueue, 'put' | 'wake'>;
  calendars: CalendarFiles;
  write: WriteInvitation;
  /** Where people reach this server. */
  address: () => string;
  /** The address that letters are from: calendars know it as the organiser's, for nobody's own is given away. */
  sender: string;
  /** Whether one mailbox gets so many letters and no more. */
  limited: boolean;
}

/** Changes of one meeting that are told: each is a letter to everybody invited. */
const CHANGES: Budget = { limit: 20, windowMs: 3_600_000 };
/** Invitations of people to one mailbox, whoever and how many they are; no single one of them may make so many. */
const INVITATIONS: Budget = { limit: 40, windowMs: 3_600_000 };

/** What goes with letters. */
interface About {
  message?: string | null;
  /** The meeting before a change of it. */
  was?: MeetingHead;
  /** They are a person's, and count for the mailboxes they go to. */
  counted?: boolean;
}

/** What those who are invited to a meeting are told by mail, in the transaction that it follows from. */
export class InvitationLetters {
  readonly #deps: LettersDeps;

  constructor(deps: LettersDeps) {
    this.#deps = deps;
  }

  /** Changes of a meeting that its invited are to hear of. */
  readonly follow: Follow = async (tx, { before, meeting, events }) => {
    let told = 0;
    for (const event of events) {
      if (event.type === 'meeting.cancelled') told += await this.#tellAll(tx, 'cancelled', before);
      if (event.type === 'meeting.removed') told += await this.#takeFrom(tx, before, event.userId);
      if (event.type !== 'meeting.updated') continue;
      const { title, startTime, endTime } = event.change;
      const matters = [title, startTime, endTime].some((value) => value !== undefined);
      if (matters) told += await this.#tellAll(tx, 'changed', meeting, before);
    }
    return told > 0 ? () => this.#deps.mails.wake() : undefined;
  };

  /** Takes these back, and says so to whom they were for. */
  async withdraw(
    tx: Transaction,
    meeting: MeetingHead,
    invitations: readonly Invitation[],
  ): Promise<Invitation[]> {
    const withdrawn = invitations.map((one): Invitation => {
      const sequence = one.sequence + 1;
      return { ...one, sequence, state: 'withdrawn' };
    });
    await tx.invitations.update(withdrawn);
    await this.put(tx, 'withdrawn', meeting, withdrawn);
    return withdrawn;
  }

  /** A letter to each who can be reached. Then `wake`. */
  async put(
    tx: Transaction,
    kind: NewsKind,
    meeting: MeetingHead,
    invitations: readonly Invitation[],
    { message = null, was, counted = false }: About = {},
  ): Promise<void> {
    const { mails, write, address } = this.#deps;
    const ids = invitations.flatMap(({ userId }) => userId ?? []);
    const found = await tx.users.byIds([...new Set([...ids, meeting.creatorId])]);
    const users = new Map(found.map((user) => [user.id, user]));
    const host = nameOf(users.get(meeting.creatorId));
    const link = linkOf(address(), meeting.id);
    const when = whenIn(meeting.startTime, meeting.endTime);
    const words = write({ kind, title: oneLine(meeting.title), when, link, host, message });
    const letters: Letter[] = [];
    for (const invitation of invitations) {
      const user = invitation.userId === null ? undefined : users.get(invitation.userId);
      const to = user?.status === 'active' ? user.email : invitation.email;
      if (!to || (counted && (await this.#waitFor(`invited:${to}`, INVITATIONS)) !== undefined)) continue;
      const entry = this.#entry(kind, meeting, was, this.#facts(host, invitation.sequence));
      const attendee = { name: user?.displayName ?? to, email: to };
      const calendar = entry && {
        method: entry.method === 'CANCEL' ? ('CANCEL' as const) : ('REQUEST' as const),
        content: await this.#deps.calendars.write({ ...entry, attendee }),
      };
      letters.push({ to, ...words, ...(calendar && { calendar }) });
    }
    await mails.put(tx, letters);
  }

  wake(): void {
    this.#deps.mails.wake();
  }

  /** A meeting as anybody's calendar takes it. Undefined without a time. */
  async file(meeting: MeetingHead, host: User | undefined, sequence: number): Promise<string | undefined> {
    const entry = meetingEntry('PUBLISH', meeting, this.#facts(nameOf(host), sequence));
    return entry && this.#deps.calendars.write(entry);
  }

  /** A series with those of its meetings that are there. */
  async seriesFile(
    series: Series,
    made: readonly MeetingHead[],
    host: User | undefined,
  ): Promise<string | undefined> {
    // Any of its meetings may have changed by itself: what was taken later is newer.
    const sequence = Math.floor((this.#deps.clock.now() - series.createdAt) / 1000);
    const entry = seriesEntry(series, made, this.#facts(nameOf(host), sequence));
    return entry && this.#deps.calendars.write(entry);
  }

  /** Where the time went, what calendars have of it is taken out of them. */
  #entry(
    kind: NewsKind,
    meeting: MeetingHead,
    was: MeetingHead | undefined,
    facts: EntryFacts,
  ): CalendarEntry | undefined {
    const timeless = was !== undefined && meeting.startTime === null;
    const over = kind === 'cancelled' || kind === 'withdrawn' || timeless;
    return meetingEntry(over ? 'CANCEL' : 'REQUEST', timeless ? was : meeting, facts);
  }

  #facts(name: string, sequence: number): EntryFacts {
    const { clock, address, sender } = this.#deps;
    return { at: clock.now(), sequence, address: address(), organizer: { name, email: sender } };
  }

  async #tellAll(
    tx: Transaction,
    kind: 'changed' | 'cancelled',
    meeting: MeetingHead,
    was?: MeetingHead,
  ): Promise<number> {
    const all = await tx.invitations.of(meeting.id);
    const sequence = Math.max(0, ...all.map((one) => one.sequence)) + 1;
    const told = all
      .filter(({ state }) => state === 'invited')
      .map((one): Invitation => ({ ...one, sequence }));
    if (told.length === 0) return 0;
    if (kind === 'changed') await this.#checkChanges(meeting.id);
    await tx.invitations.update(told);
    await this.put(tx, kind, meeting, told, was && { was });
    return told.length;
  }

  /** Nobody is kept from knowing: what is not to be told is not changed. Throws `limit`. */
  async #checkChanges(meetingId: number): Promise<void> {
    const retryAfter = await this.#waitFor(`told:${subjectOf(meetingId)}`, CHANGES);
    if (retryAfter !== undefined) throw new ParleyError('limit', 'meeting.told_often', { retryAfter });
  }

  /** Counts one; how many seconds to wait where there is no room for it. */
  async #waitFor(key: string, budget: Budget): Promise<number | undefined> {
    const { clock, counters, limited } = this.#deps;
    if (!limited) return undefined;
    const { room, resetAt } = await counters.hit(key, budget);
    return room ? undefined : Math.max(1, Math.ceil((resetAt - clock.now()) / 1000));
  }

  async #takeFrom(tx: Transaction, meeting: MeetingHead, userId: number): Promise<number> {
    const theirs = (await tx.invitations.of(meeting.id)).filter(
      (one) => one.userId === userId && one.state === 'invited',
    );
    return (await this.withdraw(tx, meeting, theirs)).length;
  }
}

const nameOf = (user: User | undefined): string =>
  user === undefined || user.status === 'deleted' ? 'Parley' : user.displayName;
