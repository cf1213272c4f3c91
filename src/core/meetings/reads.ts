import type { Clock } from '../../ports/clock.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { TrackState } from '../../ports/media-room.ts';
import type { MemberStats } from '../../ports/media-stats.ts';
import type { MeetingNumbers, MeetingTotals } from '../../ports/store/meeting-sessions.ts';
import type { MeetingFilter, MeetingOrder, Page } from '../../ports/store/meetings.ts';
import type { Store } from '../../ports/store.ts';
import type { Asker } from '../calls/ask.ts';
import { forbidden, notFound } from '../errors.ts';
import { checkInside, checkMessages, checkRead, oversees } from './access.ts';
import type {
  Meeting,
  MeetingHead,
  MeetingMessage,
  MeetingSession,
  Participant,
  ParticipantRole,
  ParticipantState,
} from './meeting.ts';
import { onlineIn, roomOf } from './meeting.ts';

export interface ReadDeps {
  store: Pick<Store, 'read'>;
  clock: Clock;
  engine: MediaEngine;
}

/** A meeting as somebody sees it, and their own part in it. */
export interface MeetingView {
  head: MeetingHead;
  role: ParticipantRole | null;
  state: ParticipantState | null;
}

export interface MeetingList {
  meetings: MeetingHead[];
  total: number;
}

/** What a list of one's own is narrowed by. */
export type MineFilter = Omit<MeetingFilter, 'ofUser' | 'creatorId' | 'notCreatorId' | 'notPastAt'> & {
  as: 'all' | 'creator' | 'participant';
};

export type ListFilter = Omit<MineFilter, 'as'>;

/** Somebody who is online, and what the engine has of them. */
export interface Peer {
  participant: Participant;
  tracks: readonly TrackState[];
}

export interface Measured {
  participant: Participant;
  stats: MemberStats;
}

/** What is known of meetings, and who may know it. */
export class MeetingReads {
  readonly #deps: ReadDeps;

  constructor(deps: ReadDeps) {
    this.#deps = deps;
  }

  /** Throws `not_found`, and `forbidden` for a stranger where there is a password. */
  async get(asker: Asker, id: number): Promise<MeetingView> {
    const { head, part } = await this.#known(asker, id);
    checkRead(asker.principal, head, part);
    const own = part?.state === 'removed' ? undefined : part;
    return { head, role: own?.role ?? null, state: part?.state ?? null };
  }

  /** One's own; all of them for administrators and services. Newest first. */
  list(asker: Asker, filter: ListFilter, page: Page): Promise<MeetingList> {
    const { principal } = asker;
    const ofUser = oversees(principal) || principal.kind === 'service' ? {} : { ofUser: principal.user.id };
    return this.#page({ ...filter, ...ofUser }, 'newest', page);
  }

  /** Those one has made, or has a part in. */
  async mine(asker: Asker, { as, ...filter }: MineFilter, page: Page): Promise<MeetingList> {
    const userId = selfOf(asker);
    const own = {
      all: { ofUser: userId },
      creator: { creatorId: userId },
      participant: { ofUser: userId, notCreatorId: userId },
    };
    return this.#page({ ...filter, ...own[as] }, 'newest', page);
  }

  /** What goes on and what is planned. */
  async upcoming(asker: Asker, page: Page): Promise<MeetingList> {
    const notPastAt = this.#deps.clock.now();
    const statuses = ['scheduled', 'ongoing'] as const;
    return this.#page({ ofUser: selfOf(asker), statuses, notPastAt }, 'soonest', page);
  }

  /** What is over, with one's own part in it. */
  async history(asker: Asker, page: Page) {
    const userId = selfOf(asker);
    const filter = { ofUser: userId, statuses: ['ended', 'cancelled'] } as const;
    const { meetings, total } = await this.#page(filter, 'latest', page);
    const parts = await this.#deps.store.read.meetings.partsOf(
      userId,
      meetings.map(({ id }) => id),
    );
    const attended = meetings.flatMap((meeting) => {
      const participant = parts.get(meeting.id);
      return participant ? [{ meeting, participant }] : [];
    });
    return { attended, total };
  }

  /** In the order they came. `offline` is everybody who is not there and was not removed. */
  async participants(
    asker: Asker,
    id: number,
    page: Page,
    state?: 'online' | 'offline' | 'waiting',
  ): Promise<{ participants: Participant[]; total: number }> {
    const { part } = await this.#known(asker, id);
    checkInside(asker.principal, part);
    const { meetings } = this.#deps.store.read;
    const states = state === 'offline' ? (['invited', 'offline'] as const) : state && [state];
    const [participants, total] = await Promise.all([
      meetings.participants(id, page, states),
      meetings.countParticipants(id, states),
    ]);
    return { participants, total };
  }

  /** Oldest first. */
  async messages(
    asker: Asker,
    id: number,
    page: Page,
    { after }: { after?: number } = {},
  ): Promise<{ messages: MeetingMessage[]; total: number }> {
    const { part } = await this.#known(asker, id);
    checkMessages(asker.principal, part);
    const { messages } = this.#deps.store.read;
    const [found, total] = await Promise.all([messages.page(id, page, after), messages.count(id)]);
    return { messages: found, total };
  }

  /** One's own, or of a meeting that one hosts. Throws `not_found`. */
  async session(asker: Asker, sessionId: string): Promise<MeetingSession> {
    const { principal } = asker;
    const session = await this.#deps.store.read.meetingSessions.byId(sessionId);
    const may =
      session &&
      (oversees(principal) || session.userId === selfOf(asker) || (await this.#hosts(asker, session)));
    if (!session || !may) throw notFound('meeting.no_session');
    return session;
  }

  async #hosts(asker: Asker, { meetingId }: MeetingSession): Promise<boolean> {
    const part = await this.#deps.store.read.meetings.participant(meetingId, selfOf(asker));
    return part?.role === 'host';
  }

  /** Newest first; for those in the meeting. Its host sees what they use, everybody else their own. */
  async sessions(
    asker: Asker,
    id: number,
    page: Page,
    open?: boolean,
  ): Promise<{ sessions: MeetingSession[]; total: number }> {
    const { part } = await this.#known(asker, id);
    checkInside(asker.principal, part);
    const { meetingSessions } = this.#deps.store.read;
    const [sessions, total] = await Promise.all([
      meetingSessions.page(id, page, open),
      meetingSessions.count(id, open),
    ]);
    if (oversees(asker.principal) || part?.role === 'host') return { sessions, total };
    const self = selfOf(asker);
    const shown = sessions.map((one) => (one.userId === self ? one : { ...one, device: '' }));
    return { sessions: shown, total };
  }

  /** Over all meetings; for administrators and services. */
  async totals({ principal }: Asker): Promise<MeetingTotals> {
    if (!oversees(principal)) throw forbidden('auth.forbidden');
    return this.#deps.store.read.meetingSessions.totals();
  }

  /** Meeting by meeting: one's own, or all of them for administrators and services. */
  async numbers(asker: Asker, page: Page): Promise<{ rooms: MeetingNumbers[]; total: number }> {
    const { meetings, meetingSessions } = this.#deps.store.read;
    const ofUser = oversees(asker.principal) ? undefined : selfOf(asker);
    const [rooms, total] = await Promise.all([
      meetingSessions.numbers(page, ofUser),
      meetings.count(ofUser === undefined ? {} : { ofUser }),
    ]);
    return { rooms, total };
  }

  /** Who is online, and what they send by the engine. */
  async peers(asker: Asker, id: number): Promise<Peer[]> {
    const meeting = await this.#inside(asker, id);
    const members = await this.#deps.engine.members(roomOf(id));
    return onlineIn(meeting).map((participant) => ({
      participant,
      tracks: members.find(({ identity }) => identity === participant.uid)?.tracks ?? [],
    }));
  }

  /** What the engine measures of each; empty where it measures nothing. */
  async measured(asker: Asker, id: number): Promise<Measured[]> {
    const meeting = await this.#inside(asker, id);
    const measured = await this.#deps.engine.stats(roomOf(id));
    return onlineIn(meeting).flatMap((participant) => {
      const stats = measured.find(({ identity }) => identity === participant.uid);
      return stats ? [{ participant, stats }] : [];
    });
  }

  async #inside(asker: Asker, id: number): Promise<Meeting> {
    const { part } = await this.#known(asker, id);
    checkInside(asker.principal, part);
    const meeting = await this.#deps.store.read.meetings.get(id);
    if (!meeting) throw notFound('meeting.unknown');
    return meeting;
  }

  async #known({ principal }: Asker, id: number) {
    const { meetings } = this.#deps.store.read;
    const [head, part] = await Promise.all([
      meetings.head(id),
      principal.kind === 'user' ? meetings.participant(id, principal.user.id) : undefined,
    ]);
    if (!head) throw notFound('meeting.unknown');
    return { head, part };
  }

  async #page(filter: MeetingFilter, order: MeetingOrder, page: Page): Promise<MeetingList> {
    const { meetings } = this.#deps.store.read;
    const [found, total] = await Promise.all([meetings.page(filter, order, page), meetings.count(filter)]);
    return { meetings: found, total };
  }
}

/** A service is nobody, and has nothing of its own. */
function selfOf({ principal }: Asker): number {
  if (principal.kind === 'service') throw forbidden('auth.forbidden');
  return principal.user.id;
}
