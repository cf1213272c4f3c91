import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { EngineEvent } from '../../ports/media-event.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import type { Asker, Name } from '../calls/ask.ts';
import { actor } from '../calls/ask.ts';
import type { CallPolicy } from '../calls/service.ts';
import { conflict, notFound, ParleyError } from '../errors.ts';
import { isTrusted, mayInviteTo, mayReadRoom, maySetMember, maySteerRoom, roomsListed } from '../policy.ts';
import { sweepDue } from '../sweep.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import type { Beginning } from './begin.ts';
import type { RoomCommand } from './commands.ts';
import { EngineSide } from './engine-side.ts';
import { Machine } from './machine.ts';
import { cleanRoomName } from './names.ts';
import type { MemberStatus, Room, RoomHead, RoomMember, RoomRules, RoomStatus } from './room.ts';
import { isEngaged, isLive, MEMBER, memberOf, subjectOf } from './room.ts';

export interface RoomsDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  engine: MediaEngine;
  policy: CallPolicy;
  people: Pick<People, 'find' | 'findSome' | 'resolve' | 'get'>;
  rules: RoomRules;
  failed: (what: string, error: unknown) => void;
}

export interface RoomAsk {
  name: string | undefined;
  creator: Name;
  /** Asked in at once; doubles and the creator are dropped. */
  uids: readonly Name[];
  callType: 0 | 1;
  inviteOn: boolean;
  maxMembers: number;
  channel: { id: string; type: number } | undefined;
}

/** Somebody has come in: the room as it is then, their part, and how the engine lets them in. */
export interface Entry {
  room: Room;
  member: RoomMember;
  /** Null: this server. */
  url: string | null;
  token: string;
  /** How long an invitation stands. */
  timeoutS: number;
}

/** How long a ticket opens the door; who is inside gets new ones from the engine. */
const TICKET_S = 6 * 3600;
const DAY_MS = 86_400_000;
/** How long a removal is remembered: a host may have signed tokens for a year. */
const REMOVED_MS = 400 * DAY_MS;

/** Contract D's rooms: one call per route, each in one transaction; the engine follows after the commit. */
export class Rooms {
  readonly #deps: RoomsDeps;
  readonly #machine: Machine;
  readonly #engineSide: EngineSide;
  #forgotAt = Number.NEGATIVE_INFINITY;

  constructor(deps: RoomsDeps) {
    this.#deps = deps;
    this.#machine = new Machine(deps);
    this.#engineSide = new EngineSide(deps, this.#machine);
  }

  /**
   * Begins a room and lets its creator in. Throws `unavailable` without an engine, `invalid`,
   * `forbidden` (not oneself, policy), `not_found` (people) and `conflict`: the name or the channel
   * is taken, or somebody is in another room; somebody in a call is merely busy.
   */
  async create(asker: Asker, ask: RoomAsk): Promise<Entry> {
    const { people, policy, store } = this.#deps;
    this.#checkEngine();
    const trusted = isTrusted(asker.principal);
    if (!trusted) await actor({ people }, asker, ask.creator);
    const name = ask.name === undefined ? crypto.randomUUID() : cleanRoomName(ask.name);
    // Before anybody is provisioned for a room that cannot be.
    if (trusted && (await store.read.rooms.get(name))) throw conflict('room.name_taken');
    const [creator, ...named] = await people.resolve([ask.creator, ...ask.uids], trusted);
    if (!creator) throw new ParleyError('internal', 'internal');
    const invitees = unique(named).filter(({ id }) => id !== creator.id);
    const ids = invitees.map(({ id }) => id);
    const room = await this.#machine.begin(async (tx): Promise<Beginning> => {
      await policy.mayCall(tx, trusted, creator.id, ids);
      await checkFree(tx, name, ask.channel);
      const elsewhere = await tx.calls.engage([creator.id, ...ids], subjectOf(name));
      if (elsewhere.has(creator.id)) throw conflict('room.engaged', { uid: creator.uid });
      return {
        name,
        creator,
        invitees: invitees.map(({ id, uid }) => {
          const ref = elsewhere.get(id);
          if (ref?.startsWith(subjectOf(''))) throw conflict('room.engaged', { uid });
          return { userId: id, uid, busy: ref !== undefined };
        }),
        callType: ask.callType,
        inviteOn: ask.inviteOn,
        maxMembers: ask.maxMembers,
        channel: ask.channel,
      };
    });
    return this.#entry(room, creator);
  }

  async get(asker: Asker, name: string): Promise<Room> {
    const room = await this.#deps.store.read.rooms.get(name);
    if (!room) throw notFound('room.unknown');
    mayReadRoom(asker.principal, room);
    return room;
  }

  /** All of them for services, one's own for people; newest first. */
  async list(
    { principal }: Asker,
    limit: number,
    offset: number,
  ): Promise<{ rooms: RoomHead[]; total: number }> {
    const { rooms } = this.#deps.store.read;
    const of = roomsListed(principal);
    const [page, total] = await Promise.all([rooms.page(of, limit, offset), rooms.count(of)]);
    return { rooms: page, total };
  }

  async setStatus(asker: Asker, name: string, status: RoomStatus): Promise<void> {
    await this.#run(name, async (_, room) => {
      maySteerRoom(asker.principal, room);
      return { type: 'status', status };
    });
  }

  async end(asker: Asker, name: string): Promise<void> {
    await this.#run(name, async (_, room) => {
      maySteerRoom(asker.principal, room);
      return { type: 'end' };
    });
  }

  /** Comes in, uninvited too while there is a place; again, with a new ticket. */
  async join(asker: Asker, name: string, who: Name, deviceType = ''): Promise<Entry> {
    this.#checkEngine();
    // Nobody is provisioned for a user.
    if (isTrusted(asker.principal)) await this.#live(name);
    const user = await actor(this.#deps, asker, who, true);
    const room = await this.#run(name, async (tx, now) => {
      if (isLive(now)) await this.#engage(tx, now, user);
      return { type: 'join', userId: user.id, uid: user.uid, deviceType };
    });
    return this.#entry(room, user);
  }

  async leave(asker: Asker, name: string, who: Name): Promise<void> {
    await this.#known(name);
    const user = await actor(this.#deps, asker, who);
    await this.#run(name, async () => ({ type: 'leave', uid: user.uid }));
  }

  /** Somebody was banned or deleted: the room that has them lets go of them, and their ticket is void. */
  async expel(userId: number): Promise<void> {
    const { store } = this.#deps;
    const [ref, user] = await Promise.all([
      store.read.rooms.engaged([userId]).then((engaged) => engaged.get(userId)),
      store.read.users.byId(userId),
    ]);
    const ofRooms = subjectOf('');
    if (!user || !ref?.startsWith(ofRooms)) return;
    const name = ref.slice(ofRooms.length);
    await this.#run(name, async () => ({ type: 'leave', uid: user.uid, removed: true }));
    await this.#engineSide.remove(name, user.uid);
  }

  /** Asks people in; who is busy elsewhere is told of in the room, and the others are asked. */
  async invite(asker: Asker, name: string, names: readonly Name[]): Promise<void> {
    const { principal } = asker;
    const trusted = isTrusted(principal);
    mayInviteTo(principal, await this.#known(name));
    await this.#live(name);
    const users = await this.#deps.people.resolve(names, trusted);
    await this.#run(name, async (tx, room) => {
      mayInviteTo(principal, room);
      // A service is nobody in the room: it asks the creator back in like everybody.
      const self = principal.kind === 'user' ? principal.user.id : undefined;
      const held = new Set(room.members.filter(isEngaged).map(({ userId }) => userId));
      const fresh = unique(users).filter(({ id }) => id !== self && !held.has(id));
      const ids = fresh.map(({ id }) => id);
      if (self !== undefined) await this.#deps.policy.mayCall(tx, trusted, self, ids);
      const asks = ids.length > 0 && isLive(room);
      const elsewhere = asks ? await tx.calls.engage(ids, subjectOf(name)) : new Map<number, string>();
      return {
        type: 'invite',
        people: fresh.map(({ id, uid }) => ({ userId: id, uid, busy: elsewhere.has(id) })),
      };
    });
  }

  /** One's own to joined, rejected or left; anybody's to anything by the creator or a service. */
  async setMemberStatus(asker: Asker, name: string, who: Name, status: MemberStatus): Promise<void> {
    const { principal } = asker;
    const steers = maySetMember(principal, await this.#known(name), who, status);
    const user = await this.#deps.people.get(who);
    const self = principal.kind === 'user' && principal.user.id === user.id;
    const removes = !self && status !== MEMBER.invited && status !== MEMBER.joined;
    await this.#run(name, async (tx, room) => {
      const member = memberOf(room, user.uid);
      // Whom one may not call is not asked back in by another route either.
      const asks =
        principal.kind === 'user' && !self && (status === MEMBER.invited || status === MEMBER.joined);
      if (member && asks) await this.#deps.policy.mayCall(tx, false, principal.user.id, [user.id]);
      let busy = false;
      if (member && isLive(room) && status === MEMBER.joined) await this.#engage(tx, room, user);
      if (member && isLive(room) && status === MEMBER.invited && !isEngaged(member)) {
        busy = (await tx.calls.engage([user.id], subjectOf(name))).size > 0;
      }
      return { type: 'set', uid: user.uid, status, steers, removes, busy };
    });
    // Also when the part was over already: the ticket of before is void from now on.
    if (removes) await this.#engineSide.remove(name, user.uid);
  }

  /** Of these people, those who are invited or joined somewhere, in a room or a call. */
  async calling({ principal }: Asker, names: readonly Name[]): Promise<string[]> {
    const { store, people, policy } = this.#deps;
    const users = unique(await people.findSome(names));
    if (principal.kind === 'user') {
      const others = users.map(({ id }) => id).filter((id) => id !== principal.user.id);
      await policy.mayCall(store.read, false, principal.user.id, others);
    }
    const engaged = await store.read.rooms.engaged(users.map(({ id }) => id));
    return users.filter(({ id }) => engaged.has(id)).map(({ uid }) => uid);
  }

  /** What the engine tells; an event told twice counts once. */
  heard(event: EngineEvent): Promise<void> {
    return this.#engineSide.heard(event);
  }

  /** Compares the rooms with the engine's and mends what differs; `thorough` looks at everybody. */
  reconcile(thorough: boolean): Promise<void> {
    return this.#engineSide.reconcile(thorough);
  }

  /** Ends what is overdue; answers how many rooms changed. Any node may. */
  async sweep(): Promise<number> {
    const { store, clock, failed } = this.#deps;
    await this.#forget(clock.now());
    return sweepDue({
      due: (limit) => store.read.rooms.due(clock.now(), limit),
      expire: async (name) => (await this.#engineSide.run(name, async () => ({ type: 'expire' }))).changed,
      failed: (name, error) => failed(`sweep room ${name}`, error),
    });
  }

  /** Once a day, removals of so long ago that no token is as old. */
  async #forget(now: number): Promise<void> {
    if (now - this.#forgotAt < DAY_MS) return;
    this.#forgotAt = now;
    await this.#deps.store.transaction((tx) => tx.removals.forgetBefore(now - REMOVED_MS));
  }

  async #run(name: string, make: (tx: Transaction, room: Room) => Promise<RoomCommand>): Promise<Room> {
    return (await this.#engineSide.run(name, make)).room;
  }

  /** Throws `conflict` when something else has them. */
  async #engage(tx: Transaction, room: Room, user: User): Promise<void> {
    const member = memberOf(room, user.uid);
    if (member && isEngaged(member)) return;
    const elsewhere = await tx.calls.engage([user.id], subjectOf(room.name));
    if (elsewhere.size > 0) throw conflict('room.engaged', { uid: user.uid });
  }

  async #known(name: string): Promise<Room> {
    const room = await this.#deps.store.read.rooms.get(name);
    if (!room) throw notFound('room.unknown');
    return room;
  }

  /** Before anybody is provisioned for a room that is over. */
  async #live(name: string): Promise<void> {
    if (!isLive(await this.#known(name))) throw conflict('room.over');
  }

  #checkEngine(): void {
    if (!this.#deps.engine.facts.rooms) throw new ParleyError('unavailable', 'media.none');
  }

  async #entry(room: Room, user: User): Promise<Entry> {
    const member = memberOf(room, user.uid);
    if (!member) throw new ParleyError('internal', 'internal');
    const ticket = await this.#engineSide.ticket(room, user, TICKET_S);
    return { room, member, ...ticket, timeoutS: Math.ceil(this.#deps.rules.ringMs / 1000) };
  }
}

const unique = (users: readonly User[]): User[] => [
  ...new Map(users.map((user) => [user.id, user])).values(),
];

/** Throws `conflict` when there is such a room, or a live one of this channel. */
async function checkFree(tx: Transaction, name: string, channel: RoomAsk['channel']): Promise<void> {
  if (await tx.rooms.get(name)) throw conflict('room.name_taken');
  if (channel && (await tx.rooms.ofChannel(channel.id, channel.type))) throw conflict('room.channel_taken');
}
