import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Counters } from '../../ports/counters.ts';
import type { MediaEngine, Ticket } from '../../ports/media-engine.ts';
import type { EngineEvent } from '../../ports/media-event.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import type { Passwords } from '../../ports/tokens.ts';
import type { Asker, Name } from '../calls/ask.ts';
import { actor, byOf } from '../calls/ask.ts';
import { conflict, forbidden, invalid, notFound, ParleyError } from '../errors.ts';
import { active } from '../identity/identity.ts';
import type { Tickets } from '../identity/ticket.ts';
import type { Gone } from '../media/sweeper.ts';
import { isTrusted } from '../policy.ts';
import { sweepDue } from '../sweep.ts';
import type { LoginGuard } from '../users/login-guard.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import { checkMay, checkMayTo, oversees } from './access.ts';
import { cleanAsk, cleanPassword, cleanPatch, type MeetingAsk, type MeetingPatch } from './clean.ts';
import type { NewSession } from './commands.ts';
import { EngineSide } from './engine-side.ts';
import { personOf } from './guests.ts';
import { type Change, type Follow, Machine, type Make, type Steps } from './machine.ts';
import type {
  MediaFlags,
  Meeting,
  MeetingHead,
  MeetingMessage,
  MeetingRules,
  Participant,
  ParticipantRole,
  SessionEnd,
} from './meeting.ts';
import { isOver, onlineIn, participantOf, subjectOf } from './meeting.ts';
import { cancelPlansOf } from './orphans.ts';
import { type Doing, note } from './oversight.ts';
import { MeetingReads } from './reads.ts';
import { mayActOn } from './roles.ts';
import { say } from './say.ts';
import { manages } from './steps.ts';

export interface MeetingsDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  engine: MediaEngine;
  counters: Pick<Counters, 'hit' | 'forget'>;
  people: Pick<People, 'find' | 'get' | 'resolve'>;
  passwords: Passwords;
  /** Without one nobody who guesses passwords is slowed down. */
  guard?: Pick<LoginGuard, 'begin' | 'succeeded'> | undefined;
  /** To the signalling sockets. */
  tickets: Pick<Tickets, 'issue'>;
  rules: MeetingRules;
  follow?: Follow | undefined;
  failed: (what: string, error: unknown) => void;
}

/** Somebody has come in, or waits. */
export interface MeetingEntry {
  meeting: Meeting;
  participant: Participant;
  /** How to get to the media; null while waiting, and without an engine. `url` null: this server. */
  media: Ticket | null;
  /** Opens the signalling socket. */
  ticket: string;
  /** Their first microphone will be muted. */
  muteOnJoin: boolean;
}

export type MediaKind = keyof MediaFlags;

/** Of how many looks at the engine one keeps what it measures. */
const MEASURE_EVERY = 3;

/**
 * Contract E's meetings: each command is one transaction; the engine follows after the commit. A
 * service does whatever the table of roles has, for whom it names, without being in the meeting.
 */
export class Meetings extends MeetingReads {
  readonly #deps: MeetingsDeps;
  readonly #machine: Machine;
  readonly #engineSide: EngineSide;
  #looks = 0;

  constructor(deps: MeetingsDeps) {
    super(deps);
    this.#deps = deps;
    this.#machine = new Machine(deps);
    this.#engineSide = new EngineSide(deps, this.#machine);
  }

  /** A service names the creator, who becomes host. Throws `invalid`, `not_found`. */
  async create(asker: Asker, ask: MeetingAsk): Promise<MeetingHead> {
    const particulars = cleanAsk(ask);
    const creator = await this.#acting(asker, ask.creator, 'creator', true);
    if (creator.guestOf !== null) throw notFound('user.unknown', { uid: creator.uid });
    const hash = await this.#hash(ask.password);
    const { id: userId, uid } = creator;
    return this.#machine.begin(
      { ...particulars, hasPassword: hash !== null, creator: { userId, uid } },
      hash,
    );
  }

  /** Throws `invalid`, `forbidden`, and `gone` for one that is over. A new password asks nobody in again. */
  async update(asker: Asker, id: number, patch: MeetingPatch): Promise<MeetingHead> {
    const { password } = patch;
    const hash = await this.#hash(password ?? undefined);
    return this.#command(id, async (tx, meeting) => {
      checkMay(asker.principal, meeting, 'update');
      const cleaned = cleanPatch(meeting, patch);
      const change = password === undefined ? cleaned : { ...cleaned, hasPassword: hash !== null };
      await this.#note(tx, asker, meeting, { action: 'update', change });
      if (password !== undefined && !isOver(meeting)) await tx.meetings.setPassword(id, hash);
      return { type: 'update', change };
    });
  }

  /**
   * Cancels one that has not begun. One that is over goes for good, by its creator, with all that was
   * said in it; the log keeps what happened. Throws `conflict` while it goes on.
   */
  async remove(asker: Asker, id: number): Promise<MeetingHead> {
    const { store, clock, bus } = this.#deps;
    const removed = await store.transaction(async (tx) => {
      const meeting = await tx.meetings.lock(id);
      if (!meeting) throw notFound('meeting.unknown');
      checkMay(asker.principal, meeting, 'delete');
      if (!isOver(meeting)) return undefined;
      // Whoever stood in was host of what went on, not of what is kept of it.
      if (!oversees(asker.principal) && byOf(asker) !== meeting.creatorId) {
        throw forbidden('meeting.not_allowed');
      }
      const at = clock.now();
      await this.#note(tx, asker, meeting, { action: 'delete' });
      const data = { meeting_id: id, title: meeting.title, by: byOf(asker) };
      const seq = meeting.version + 1;
      await tx.events.append([{ subject: subjectOf(id), seq, at, type: 'meeting.deleted', data }]);
      await tx.meetings.remove(id);
      return meeting;
    });
    if (removed) {
      bus.publish('committed', { subject: subjectOf(id) });
      return removed;
    }
    return this.#command(id, async (tx, meeting) => {
      checkMay(asker.principal, meeting, 'delete');
      await this.#note(tx, asker, meeting, { action: 'delete' });
      return { type: 'cancel', by: byOf(asker) };
    });
  }

  start(asker: Asker, id: number): Promise<MeetingHead> {
    return this.#command(id, async (_, meeting) => {
      checkMay(asker.principal, meeting, 'start');
      return { type: 'start' };
    });
  }

  /** For everybody in it; once more answers the same. Throws `conflict` for one that has not begun. */
  end(asker: Asker, id: number): Promise<MeetingHead> {
    return this.#command(id, async (tx, meeting) => {
      checkMay(asker.principal, meeting, 'end');
      await this.#note(tx, asker, meeting, { action: 'end' });
      return { type: 'end', by: byOf(asker) };
    });
  }

  /**
   * Comes in, or waits to be let in; again, with new tickets. Throws `gone`, `conflict` (full),
   * `forbidden` (password, locked, removed) and `limit` (wrong passwords). A service names who.
   */
  async join(
    asker: Asker,
    id: number,
    { password, user: who }: { password?: string | undefined; device?: string | undefined; user?: Name } = {},
  ): Promise<MeetingEntry> {
    const user = await this.#acting(asker, who, 'user_id');
    const proof = await this.#prove(id, user, password);
    const meeting = await this.#command(id, async (tx, { parentId }) => {
      // Banned since they were let through the door.
      active((await tx.users.byId(user.id)) ?? { ...user, status: 'deleted' });
      const now = await tx.meetings.passwordHash(id);
      const proved = now === undefined || now === proof;
      return { type: 'join', person: personOf(user, parentId ?? id), proved };
    });
    await this.#checkStill(user.id);
    return this.#entry(meeting, user, asker);
  }

  /** Once more changes nothing. */
  async leave(asker: Asker, id: number, who?: Name): Promise<void> {
    const user = await this.#acting(asker, who, 'user_id');
    await this.#command(id, async () => ({ type: 'leave', userId: user.id, reason: 'left' }));
  }

  /** Names somebody, lets in who waits, brings back who was removed. The role is the host's to give. */
  async add(asker: Asker, id: number, who: Name, role?: ParticipantRole): Promise<Participant> {
    const { principal } = asker;
    const [user] = await this.#deps.people.resolve([who], isTrusted(principal));
    if (!user) throw new ParleyError('internal', 'internal');
    return this.#onPart(id, user.id, async (_, meeting) => {
      checkMay(principal, meeting, 'add');
      const part = participantOf(meeting, user.id);
      const changes = role !== undefined && role !== (part?.role ?? 'participant');
      if (changes) checkMayTo(principal, meeting, 'role', part);
      if (user.status !== 'active') throw conflict('user.not_active', { uid: user.uid });
      return { type: 'add', person: personOf(user, id), role, by: byOf(asker) };
    });
  }

  /** At once, and until they are added again. Throws `forbidden` (`meeting.self`) for oneself. */
  async removeParticipant(asker: Asker, id: number, who: Name): Promise<void> {
    const { principal } = asker;
    const user = await this.#deps.people.get(who);
    if (principal.kind === 'user' && principal.user.id === user.id) throw forbidden('meeting.self');
    await this.#command(id, async (tx, meeting) => {
      const part = participantOf(meeting, user.id);
      checkMayTo(principal, meeting, 'remove', part);
      await this.#note(tx, asker, meeting, { action: 'remove', part });
      return { type: 'remove', userId: user.id, by: byOf(asker) };
    });
  }

  async setRole(asker: Asker, id: number, who: Name, role: ParticipantRole): Promise<Participant> {
    const user = await this.#deps.people.get(who);
    return this.#onPart(id, user.id, async (tx, meeting) => {
      const part = participantOf(meeting, user.id);
      checkMayTo(asker.principal, meeting, 'role', part);
      await this.#note(tx, asker, meeting, { action: 'role', part, role });
      return { type: 'role', userId: user.id, role, by: byOf(asker) };
    });
  }

  setLocked(asker: Asker, id: number, locked: boolean): Promise<MeetingHead> {
    return this.#command(id, async (_, meeting) => {
      checkMay(asker.principal, meeting, 'lock');
      return { type: 'lock', locked };
    });
  }

  /** One, or all whom the asker may mute but themselves; they may turn it on again. */
  async mute(
    asker: Asker,
    id: number,
    who: Name | 'all',
    kinds: MediaKind | readonly MediaKind[],
  ): Promise<void> {
    const named = who === 'all' ? undefined : await this.#deps.people.get(who);
    const list = [kinds].flat();
    let userIds: readonly number[] = [];
    const meeting = await this.#command(id, async (_, now) => {
      const part = named && participantOf(now, named.id);
      const standing = checkMay(asker.principal, now, 'mute');
      if (part && !mayActOn(standing, part.role)) throw forbidden('meeting.not_allowed');
      if (named && part?.state !== 'online') throw notFound('meeting.no_participant');
      userIds = named ? [named.id] : mutable(now, asker);
      return { type: 'mute', userIds, kinds: list, by: byOf(asker) };
    });
    const uids = onlineIn(meeting).filter(({ userId }) => userIds.includes(userId));
    await this.#engineSide.mute(
      meeting,
      uids.map(({ uid }) => uid),
      list,
    );
  }

  async raiseHand(asker: Asker, id: number, raised: boolean, who?: Name): Promise<Participant> {
    const { id: userId } = await this.#acting(asker, who, 'user_id');
    return this.#onPart(id, userId, async () => ({ type: 'hand', userId, raised }));
  }

  /** One's own flags as one's client says them. */
  async setMedia(asker: Asker, id: number, flags: Partial<MediaFlags>, who?: Name): Promise<Participant> {
    const { id: userId } = await this.#acting(asker, who, 'user_id');
    return this.#onPart(id, userId, async () => ({ type: 'media', userId, flags }));
  }

  /** One's own as one says them; somebody else's may be turned off by who may mute them, never on. */
  async setPeerMedia(
    asker: Asker,
    participantId: number,
    flags: Partial<MediaFlags>,
  ): Promise<{ meetingId: number; participant: Participant }> {
    const { principal } = asker;
    const { meetings } = this.#deps.store.read;
    const whose = await meetings.whose(participantId);
    if (!whose) throw notFound('meeting.no_participant');
    const { meetingId, userId } = whose;
    const kinds = (Object.keys(flags) as MediaKind[]).filter((kind) => flags[kind] !== undefined);
    const own = principal.kind === 'user' && principal.user.id === userId;
    if (own) {
      const participant = await this.setMedia(asker, meetingId, flags);
      const off = kinds.filter((kind) => flags[kind] === false);
      const meeting = await this.#known(meetingId);
      await this.#engineSide.mute(meeting, [participant.uid], off);
      return { meetingId, participant };
    }
    const turnsOn = kinds.some((kind) => flags[kind]);
    if (turnsOn) throw forbidden('meeting.not_yours');
    await this.mute(asker, meetingId, userId, kinds);
    const participant = await meetings.participant(meetingId, userId);
    if (!participant) throw notFound('meeting.no_participant');
    return { meetingId, participant };
  }

  /** Throws `forbidden` for who is not in it now, or where chat is off for them. */
  async say(asker: Asker, id: number, content: string, who?: Name): Promise<MeetingMessage> {
    const user = await this.#acting(asker, who, 'user_id');
    return say(this.#deps, id, user, content);
  }

  /**
   * How somebody gets to the media now: what `join` answers once they are let in. Null while they
   * wait, and without an engine.
   */
  async media(asker: Asker, id: number, who?: Name): Promise<Ticket | null> {
    const user = await this.#acting(asker, who, 'user_id');
    return this.#media(await this.#known(id), user);
  }

  /** A socket has opened. Who was let in before comes in by that. Throws as `join` does. */
  async connect(
    meetingId: number,
    userId: number,
    { sessionId, nodeId, device }: { sessionId: string; nodeId: string; device: string },
  ): Promise<Participant> {
    const session: NewSession = { id: sessionId, kind: 'socket', sid: sessionId, nodeId, device };
    const part = await this.#onPart(meetingId, userId, async (tx) => {
      const user = await tx.users.byId(userId);
      if (user) active(user);
      return { type: 'connect', userId, session };
    });
    await this.#checkStill(userId);
    return part;
  }

  /** A socket has closed. Of one that is known no longer nothing follows. */
  async disconnect(sessionId: string, meetingId: number, reason: SessionEnd): Promise<void> {
    await this.#command(meetingId, async () => ({ type: 'disconnect', sessionId, reason })).catch((error) => {
      if (!(error instanceof ParleyError) || error.code !== 'not_found') throw error;
    });
  }

  /** Somebody was banned or deleted: meetings go on without them, and their tickets are void; plans go with an account. */
  async expel(userId: number, reason: Gone): Promise<void> {
    const { store } = this.#deps;
    const user = await store.read.users.byId(userId);
    if (!user) return;
    const engaging = await store.read.meetings.engaging(userId);
    // Side by side: one that cannot be left now keeps them in no other.
    const left = await Promise.allSettled(
      engaging.map(async (id) => {
        await this.#command(id, async () => ({ type: 'leave', userId, reason }));
        await this.#engineSide.remove(id, user.uid);
      }),
    );
    if (user.status === 'deleted') await cancelPlansOf(userId, { ...this.#deps, machine: this.#machine });
    for (const each of left) if (each.status === 'rejected') throw each.reason;
  }

  heard(event: EngineEvent): Promise<void> {
    return this.#engineSide.heard(event);
  }

  /** Sockets of nodes that are no more have closed; the engine's sessions are compared with ours. */
  async reconcile(thorough: boolean): Promise<void> {
    const { store, clock, failed } = this.#deps;
    for (const { id, meetingId } of await store.read.meetingSessions.ofDeadNodes(clock.now())) {
      await this.disconnect(id, meetingId, 'lost').catch((error) =>
        failed(`close a dead node's socket in meeting ${meetingId}`, error),
      );
    }
    await this.#engineSide.reconcile(thorough);
    if (this.#looks++ % MEASURE_EVERY === 0) await this.#engineSide.measure();
  }

  /** Whatever is overdue in any meeting; any node may. How many changed. */
  sweep(): Promise<number> {
    const { store, clock, failed } = this.#deps;
    return sweepDue({
      due: (limit) => store.read.meetings.due(clock.now(), limit),
      expire: async (id) =>
        (await this.#engineSide.run(id, async () => ({ type: 'expire' }))).events.length > 0,
      failed: (id, error) => failed(`sweep meeting ${id}`, error),
    });
  }

  /** Commands to several meetings as one change, for what is built on meetings; who may is asked there. */
  together<T>(work: (steps: Steps) => Promise<T>): Promise<T> {
    return this.#engineSide.together(work);
  }

  /** For what stands beside meetings in the core, and may write with them: `make` says who may. */
  run(id: number, make: Make): Promise<Change> {
    return this.#engineSide.run(id, make);
  }

  #note(tx: Transaction, asker: Asker, meeting: Meeting, doing: Doing): Promise<void> {
    return note(tx, asker, meeting, this.#deps.clock.now(), doing);
  }

  async #command(id: number, make: Make): Promise<Meeting> {
    return (await this.#engineSide.run(id, make)).meeting;
  }

  /** A command about one person; answers their part then. */
  async #onPart(id: number, userId: number, make: Make): Promise<Participant> {
    const part = participantOf(await this.#command(id, make), userId);
    if (!part) throw new ParleyError('internal', 'internal');
    return part;
  }

  async #known(id: number): Promise<Meeting> {
    const meeting = await this.#deps.store.read.meetings.get(id);
    if (!meeting) throw notFound('meeting.unknown');
    return meeting;
  }

  /** Who acts: oneself, or whom a service names. */
  async #acting(asker: Asker, who: Name | undefined, field: string, provision = false): Promise<User> {
    const { principal } = asker;
    if (who !== undefined) return actor(this.#deps, asker, who, provision);
    if (principal.kind === 'service') throw invalid(field);
    return principal.user;
  }

  async #hash(password: string | undefined): Promise<string | null> {
    return password === undefined ? null : this.#deps.passwords.hash(cleanPassword(password));
  }

  /** The hash that the password said is right for; only where it is asked for, for it takes its time. */
  async #prove(id: number, user: User, password: string | undefined): Promise<string | undefined> {
    const { store, passwords, guard } = this.#deps;
    if (password === undefined) return undefined;
    const [head, part] = await Promise.all([
      store.read.meetings.head(id),
      store.read.meetings.participant(id, user.id),
    ]);
    const asked = head?.hasPassword && !isOver(head) && !part?.admitted && part?.state !== 'removed';
    const hash = asked ? await store.read.meetings.passwordHash(id) : undefined;
    if (hash === undefined) return undefined;
    // Sockets ask without a route's limit.
    const attempt = { account: subjectOf(id), address: `user:${user.id}` };
    await guard?.begin(attempt);
    if (!(await passwords.verify(password, hash))) return undefined;
    await guard?.succeeded(attempt);
    return hash;
  }

  /** A ban that came in between has not seen them come. */
  async #checkStill(userId: number): Promise<void> {
    const user = await this.#deps.store.read.users.byId(userId);
    if (!user || user.status === 'active') return;
    await this.expel(userId, user.status === 'banned' ? 'banned' : 'removed');
    active(user);
  }

  async #entry(meeting: Meeting, user: User, { principal }: Asker): Promise<MeetingEntry> {
    const participant = participantOf(meeting, user.id);
    if (!participant) throw new ParleyError('internal', 'internal');
    const [media, ticket] = await Promise.all([
      this.#media(meeting, user),
      this.#deps.tickets.issue(user, subjectOf(meeting.id), principal.jti),
    ]);
    const muteOnJoin = meeting.settings.muteOnJoin && !manages(participant);
    return { meeting, participant, media, ticket, muteOnJoin };
  }

  async #media(meeting: Meeting, user: User): Promise<Ticket | null> {
    const part = participantOf(meeting, user.id);
    if (part?.state !== 'online') return null;
    return this.#engineSide.ticket(meeting, part, user);
  }
}

/** All who are muted together: nobody who manages the meeting, and not the one who asks. */
function mutable(meeting: Meeting, { principal }: Asker): number[] {
  const self = principal.kind === 'user' ? principal.user.id : undefined;
  return onlineIn(meeting)
    .filter((part) => !manages(part) && part.userId !== self)
    .map(({ userId }) => userId);
}
