import type { Clock } from '../../ports/clock.ts';
import type { Page } from '../../ports/store/meetings.ts';
import type { Store } from '../../ports/store.ts';
import type { Asker } from '../calls/ask.ts';
import { byOf } from '../calls/ask.ts';
import { conflict, invalid, notFound } from '../errors.ts';
import { newId } from '../ids.ts';
import { checkMay, checkMayTo } from '../meetings/access.ts';
import type { Meetings } from '../meetings/index.ts';
import { participantOf } from '../meetings/meeting.ts';
import type { RecurringMeetings } from '../series/index.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import type { Invitation } from './invitation.ts';
import { findInvitees, type Invitee } from './invitees.ts';
import type { InvitationLetters } from './letters.ts';

export interface InvitationsDeps {
  store: Store;
  clock: Clock;
  meetings: Pick<Meetings, 'run' | 'get'>;
  series: Pick<RecurringMeetings, 'get'>;
  people: Pick<People, 'find'>;
  letters: InvitationLetters;
}

/** What came of inviting one: `already` was invited just now, or is who invites. */
export interface Invited {
  given: string | number;
  user: User | null;
  email: string | null;
  invitation: Invitation | null;
  status: 'invited' | 'already' | 'unknown';
}

const MOST_AT_ONCE = 100;
/** Of one meeting. */
const MOST = 1000;
const LONGEST_MESSAGE = 1000;
/** Of a series' meetings so many are looked at, the last ones. */
const MOST_TOLD = 500;
/** Whoever was written to is written to again after this. */
const QUIET_MS = 5 * 60_000;

/** Asking people to a meeting, by name or by address. What the table of roles has for `add` goes for it. */
export class Invitations {
  readonly #deps: InvitationsDeps;

  constructor(deps: InvitationsDeps) {
    this.#deps = deps;
  }

  /**
   * Accounts have a part in the meeting from then on; who has an address gets mail. Throws `invalid`,
   * `forbidden`, `conflict` (too many) and `gone`; nobody is invited then.
   */
  async invite(
    asker: Asker,
    id: number,
    named: readonly (string | number)[],
    message?: string,
  ): Promise<Invited[]> {
    const { store, meetings, people, letters } = this.#deps;
    if (named.length === 0 || named.length > MOST_AT_ONCE) throw invalid('invitees');
    const text = cleanMessage(message);
    const invitees = await findInvitees(store.read, people, named);
    let invited: Invited[] = [];
    await meetings.run(id, async (tx, meeting) => {
      checkMay(asker.principal, meeting, 'add');
      // A breakout room has whom its meeting puts there.
      if (meeting.parentId !== null) throw conflict('breakout.steered');
      const before = await tx.invitations.of(id);
      invited = this.#among(asker, id, before, invitees);
      const made = invited
        .filter(({ status }) => status === 'invited')
        .flatMap((one) => one.invitation ?? []);
      const known = new Set(before.map((one) => one.id));
      const fresh = made.filter((one) => !known.has(one.id));
      if (before.length + fresh.length > MOST) throw conflict('meeting.too_many_invited', { limit: MOST });
      await tx.invitations.insert(fresh);
      await tx.invitations.update(made.filter((one) => known.has(one.id)));
      const counted = asker.principal.kind === 'user';
      await letters.put(tx, 'invited', meeting, made, { message: text, counted });
      const accounts = invited.flatMap(({ status, user }) => (status === 'invited' && user ? [user] : []));
      const persons = accounts.map(({ id: userId, uid }) => ({ userId, uid }));
      return { type: 'invite', people: persons, by: byOf(asker) };
    });
    letters.wake();
    return invited;
  }

  /** Those that stand, in the order they were made, and who they are for. */
  async list(asker: Asker, id: number, page: Page): Promise<{ invitations: Invitation[]; total: number }> {
    const { read } = this.#deps.store;
    const meeting = await read.meetings.get(id);
    if (!meeting) throw notFound('meeting.unknown');
    checkMay(asker.principal, meeting, 'add');
    const [invitations, total] = await Promise.all([
      read.invitations.page(id, page),
      read.invitations.count(id),
    ]);
    return { invitations, total };
  }

  /**
   * Takes it back: who was to come is told, and whoever has not come yet has no part in it any more.
   * Once more changes nothing. Throws `not_found`, `forbidden`, `gone`.
   */
  async withdraw(asker: Asker, id: number, invitationId: string): Promise<void> {
    const { meetings, letters } = this.#deps;
    await meetings.run(id, async (tx, meeting) => {
      checkMay(asker.principal, meeting, 'add');
      const invitation = await tx.invitations.get(id, invitationId);
      if (!invitation) throw notFound('meeting.no_invitation');
      const { userId, state } = invitation;
      const part = userId === null ? undefined : participantOf(meeting, userId);
      if (part) checkMayTo(asker.principal, meeting, 'remove', part);
      if (state === 'invited') await letters.withdraw(tx, meeting, [invitation]);
      if (state === 'invited' && part?.state === 'invited')
        return { type: 'remove', userId: part.userId, by: byOf(asker) };
      return { type: 'invite', people: [], by: null };
    });
    letters.wake();
  }

  /** The meeting as an `.ics` file. Throws as reading it does, and `conflict` where no time is planned. */
  async calendar(asker: Asker, id: number): Promise<string> {
    const { store, meetings, letters } = this.#deps;
    const { head } = await meetings.get(asker, id);
    const [host, sequence] = await Promise.all([
      store.read.users.byId(head.creatorId),
      store.read.invitations.sequence(id),
    ]);
    const file = await letters.file(head, host, sequence);
    if (file === undefined) throw conflict('meeting.no_time');
    return file;
  }

  /** A series as an `.ics` file. Throws as reading it does, and `conflict` where it has no first time. */
  async seriesCalendar(asker: Asker, id: number): Promise<string> {
    const { store, series: recurring, letters } = this.#deps;
    const { series } = await recurring.get(asker, id);
    const { read } = store;
    const offset = Math.max(0, (await read.series.countMeetings(id)) - MOST_TOLD);
    const [host, made] = await Promise.all([
      read.users.byId(series.creatorId),
      read.series.meetings(id, { limit: MOST_TOLD, offset }),
    ]);
    const file = await letters.seriesFile(series, made, host);
    if (file === undefined) throw conflict('meeting.no_time');
    return file;
  }

  /** Each invitee once, with the invitation they have or get. */
  #among(
    asker: Asker,
    meetingId: number,
    before: readonly Invitation[],
    invitees: readonly Invitee[],
  ): Invited[] {
    const at = this.#deps.clock.now();
    const by = byOf(asker);
    const sequence = Math.max(0, ...before.map((one) => one.sequence));
    const standing = new Map(before.map((one) => [one.userId ?? one.email, one]));
    return invitees.map((invitee, i): Invited => {
      if ('unknown' in invitee)
        return { given: invitee.given, user: null, email: null, invitation: null, status: 'unknown' };
      const user = 'user' in invitee ? invitee.user : null;
      const email = 'email' in invitee ? invitee.email : null;
      const key = user?.id ?? email;
      const known = standing.get(key);
      const whose = { given: invitee.given, user, email };
      if (user && user.id === by) return { ...whose, invitation: null, status: 'already' };
      // Also whoever is named twice.
      const recent = known?.state === 'invited' && at - known.at < QUIET_MS;
      if (recent) return { ...whose, invitation: known, status: 'already' };
      const invitation: Invitation = {
        // In the order they were named.
        id: known?.id ?? newId('inv', at + i),
        meetingId,
        userId: user?.id ?? null,
        email,
        by,
        at,
        sequence,
        state: 'invited',
      };
      standing.set(key, invitation);
      return { ...whose, invitation, status: 'invited' };
    });
  }
}

function cleanMessage(message: string | undefined): string | null {
  const text = message?.replace(/\r\n?/g, '\n').trim();
  if (!text) return null;
  const clean = [...text].length <= LONGEST_MESSAGE && text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text);
  if (!clean) throw invalid('message');
  return text;
}
