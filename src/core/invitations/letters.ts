import type { CalendarEntry, CalendarFiles } from '../../ports/calendar.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Letter } from '../../ports/mail.ts';
import type { Transaction } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import type { MailQueue } from '../mail/index.ts';
import type { Follow } from '../meetings/machine.ts';
import type { MeetingHead } from '../meetings/meeting.ts';
import { type Series, Zone } from '../series/index.ts';
import type { User } from '../users/user.ts';
import type { Invitation } from './invitation.ts';
import { type NewsKind, oneLine, type WriteInvitation, whenIn } from './news.ts';

export interface LettersDeps {
  clock: Clock;
  mails: Pick<MailQueue, 'put' | 'wake'>;
  calendars: CalendarFiles;
  write: WriteInvitation;
  /** Where people reach this server. */
  address: () => string;
  /** The address that letters are from: calendars know it as the organiser's, for nobody's own is given away. */
  sender: string;
}

/** A meeting without an end lasts so long in a calendar. */
const USUAL_MS = 3_600_000;

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

  /** A letter to each who can be reached; `was`: the meeting before a change of it. Then `wake`. */
  async put(
    tx: Transaction,
    kind: NewsKind,
    meeting: MeetingHead,
    invitations: readonly Invitation[],
    { message = null, was }: { message?: string | null; was?: MeetingHead } = {},
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
      if (!to) continue;
      const entry = this.#entry(kind, meeting, was, invitation.sequence, host);
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
    const entry = this.#entryAt('PUBLISH', meeting, sequence, nameOf(host));
    return entry && this.#deps.calendars.write(entry);
  }

  /** All meetings of a series as one entry that repeats; its link leads to one's meetings. */
  seriesFile(series: Series, host: User | undefined): Promise<string> {
    const { clock, calendars, address, sender } = this.#deps;
    const { id, version, start: first, timezone, createdAt, title, description } = series;
    const zone = new Zone(timezone);
    const at = (wall: string) => zone.instant(wall);
    const start = at(first);
    if (start === undefined) throw new ParleyError('internal', 'internal');
    const url = `${rootOf(address())}/meetings`;
    return calendars.write({
      method: 'PUBLISH',
      uid: `series-${id}-${createdAt.toString(36)}@${new URL(url).hostname}`,
      sequence: version,
      at: clock.now(),
      start,
      end: start + series.durationMs,
      timezone,
      rrule: series.rule,
      exdates: series.exdates.flatMap((day) => at(`${day}${first.slice(10)}`) ?? []),
      title: oneLine(title),
      description: described(description, url),
      url,
      organizer: { name: nameOf(host), email: sender },
    });
  }

  /** Where the time went, what calendars have of it is taken out of them. */
  #entry(
    kind: NewsKind,
    meeting: MeetingHead,
    was: MeetingHead | undefined,
    sequence: number,
    host: string,
  ): CalendarEntry | undefined {
    const timeless = was !== undefined && meeting.startTime === null;
    const over = kind === 'cancelled' || kind === 'withdrawn' || timeless;
    return this.#entryAt(over ? 'CANCEL' : 'REQUEST', timeless ? was : meeting, sequence, host);
  }

  #entryAt(
    method: CalendarEntry['method'],
    meeting: MeetingHead,
    sequence: number,
    host: string,
  ): CalendarEntry | undefined {
    const { clock, address, sender } = this.#deps;
    const { id, startTime, endTime, createdAt } = meeting;
    if (startTime === null) return undefined;
    const base = address();
    const url = linkOf(base, id);
    return {
      method,
      // Numbers of meetings are those of one server; two may have no name of their own.
      uid: `meeting-${id}-${createdAt.toString(36)}@${new URL(base).hostname}`,
      sequence,
      at: clock.now(),
      start: startTime,
      end: endTime ?? startTime + USUAL_MS,
      title: oneLine(meeting.title),
      description: described(meeting.description, url),
      url,
      organizer: { name: host, email: sender },
      ...(meeting.status === 'cancelled' && { cancelled: true }),
    };
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
    await tx.invitations.update(told);
    await this.put(tx, kind, meeting, told, was && { was });
    return told.length;
  }

  async #takeFrom(tx: Transaction, meeting: MeetingHead, userId: number): Promise<number> {
    const theirs = (await tx.invitations.of(meeting.id)).filter(
      (one) => one.userId === userId && one.state === 'invited',
    );
    return (await this.withdraw(tx, meeting, theirs)).length;
  }
}

const rootOf = (address: string): string => address.replace(/\/+$/, '');
const linkOf = (address: string, id: number): string => `${rootOf(address)}/meet/${id}`;

const described = (description: string, url: string): string =>
  description === '' ? url : `${description}\n\n${url}`;

const nameOf = (user: User | undefined): string =>
  user === undefined || user.status === 'deleted' ? 'Parley' : user.displayName;
