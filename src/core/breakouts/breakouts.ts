import type { Bus } from '../../ports/bus.ts';
import type { Transaction } from '../../ports/store.ts';
import type { Asker, Name } from '../calls/ask.ts';
import { byOf } from '../calls/ask.ts';
import { conflict, forbidden, notFound } from '../errors.ts';
import { checkInside, checkMay } from '../meetings/access.ts';
import { beginRoom } from '../meetings/begin.ts';
import { cleanContent } from '../meetings/clean.ts';
import { GRACE_MS } from '../meetings/decide-breakouts.ts';
import { shownRoom, shownRound } from '../meetings/describe.ts';
import type { Meeting, MeetingHead, Participant, PeopledMeeting, Round } from '../meetings/meeting.ts';
import { participantOf, subjectOf } from '../meetings/meeting.ts';
import { note } from '../meetings/oversight.ts';
import { record } from '../meetings/say.ts';
import { manages } from '../meetings/steps.ts';
import type { People } from '../users/people.ts';
import type { User } from '../users/user.ts';
import { Keeper, type KeeperDeps, OVER } from './keeper.ts';
import { isPlaceable, planned, type RoundAsk, roundOf } from './plan.ts';

export interface BreakoutsDeps extends KeeperDeps {
  bus: Bus;
  people: Pick<People, 'get'>;
}

/** A breakout room with who has a place in it, and who of those that run the meeting is in it now. */
export interface BreakoutRoom {
  id: number;
  name: string;
  participants: readonly Participant[];
}

export interface BreakoutView {
  /** Null where none are open. */
  round: Round | null;
  rooms: readonly BreakoutRoom[];
  /** Which of them is one's own. */
  own: number | null;
}

/**
 * Breakout rooms: meetings of a meeting, for a while, with a place in one of them for each of its people. What
 * concerns several of them is one transaction; what else happens to the meeting they follow.
 */
export class Breakouts {
  readonly #deps: BreakoutsDeps;
  readonly #keeper: Keeper;

  constructor(deps: BreakoutsDeps) {
    this.#deps = deps;
    this.#keeper = new Keeper(deps);
  }

  /** For those in the meeting. */
  async get({ principal }: Asker, id: number): Promise<BreakoutView> {
    const { meetings } = this.#deps.store.read;
    const meeting = await meetings.get(id);
    if (!meeting) throw notFound('meeting.unknown');
    const userId = principal.kind === 'user' ? principal.user.id : 0;
    checkInside(principal, participantOf(meeting, userId));
    const rooms = meeting.round ? await meetings.peopledRoomsOf(id) : [];
    return {
      round: meeting.round,
      rooms: rooms.map((room) => ({ id: room.id, name: room.title, participants: shownIn(room) })),
      own: rooms.find((room) => isPlaced(participantOf(room, userId)))?.id ?? null,
    };
  }

  /** What somebody who comes into the meeting is told: the rooms, and which is theirs. Undefined where none are open. */
  async shownTo({ id, round }: MeetingHead, userId: number): Promise<Record<string, unknown> | undefined> {
    if (!round) return undefined;
    const { meetings } = this.#deps.store.read;
    const rooms = (await meetings.roomsOf(id)).map(named);
    const parts = await meetings.partsOf(
      userId,
      rooms.map((room) => room.id),
    );
    const own = rooms.find((room) => isPlaced(parts.get(room.id)));
    return {
      meeting_id: id,
      ...shownRound(round),
      rooms: rooms.map(shownRoom),
      room: own ? shownRoom(own) : null,
    };
  }

  /** Throws `invalid`, `forbidden`, and `conflict` where they are open, or the meeting has not begun. */
  async open(asker: Asker, id: number, ask: RoundAsk): Promise<BreakoutView> {
    const { principal } = asker;
    await this.#deps.meetings.together(({ runs, begins, now }) =>
      runs(id, async (tx, meeting) => {
        checkMay(principal, meeting, 'breakout');
        const round = roundOf(ask, now);
        const plan = planned(meeting, ask);
        const names = plan.map(({ name }) => name);
        await note(tx, asker, meeting, now, { action: 'breakout', act: 'opened', names });
        // Of a round that is over, and that they have not followed yet.
        for (const old of await tx.meetings.roomsOf(id)) await runs(old.id, async () => OVER);
        const rooms = [];
        for (const { name, userIds } of plan) {
          const room = await begins(beginRoom(meeting, { name, userIds, round }, now));
          rooms.push({ ...named(room), userIds });
        }
        return { type: 'breakouts.open', round, rooms, by: byOf(asker) };
      }),
    );
    return this.get(asker, id);
  }

  /**
   * Gives somebody a place in another room, or in none; they are told, and out of the old one at once.
   * Everybody does so for themselves where the rooms are free.
   */
  async move(asker: Asker, id: number, who: Name, roomId: number | null): Promise<void> {
    const { principal } = asker;
    const user = await this.#deps.people.get(who);
    const { id: userId, uid } = user;
    const by = byOf(asker);
    await this.#deps.meetings.together(async ({ tx, runs, now }) => {
      const meeting = await known(tx, id);
      const part = participantOf(meeting, userId);
      const chooses = by === userId && meeting.round?.free === true && isPlaceable(part);
      if (!chooses) checkMay(principal, meeting, 'breakout');
      if (part && manages(part)) throw conflict('breakout.manages');
      if (!isPlaceable(part)) throw notFound('meeting.no_participant');
      const rooms = await roomsIn(tx, meeting);
      const room = rooms.find((one) => one.id === roomId);
      if (roomId !== null && !room) throw notFound('breakout.unknown');
      const parts = await tx.meetings.partsOf(
        userId,
        rooms.map((one) => one.id),
      );
      const places = rooms.filter((one) => isPlaced(parts.get(one.id)));
      if (places.length === (room ? 1 : 0) && places[0] === room) return;
      const told = room ? named(room) : null;
      const from = places[0]?.title ?? null;
      await note(tx, asker, meeting, now, {
        action: 'breakout',
        act: 'moved',
        part,
        from,
        to: told?.name ?? null,
      });
      await runs(id, async () => ({ type: 'breakouts.move', userId, room: told, by }));
      const person = { userId, uid, guest: part.guest };
      for (const one of rooms) {
        if (one === room) {
          await runs(one.id, async () => ({ type: 'add', person, role: undefined, by, steered: true }));
        } else if (places.includes(one)) {
          await runs(one.id, async () => ({ type: 'remove', userId, by }));
        }
      }
    });
  }

  /** The same message in every room, by whoever says it; a service speaks for the meeting's creator. */
  async tell({ principal }: Asker, id: number, content: string): Promise<void> {
    const text = cleanContent(content);
    const { bus, meetings } = this.#deps;
    const told = await meetings.together(async ({ tx, now }) => {
      const meeting = await known(tx, id);
      checkMay(principal, meeting, 'breakout');
      // Administrators manage every meeting, and speak only where they are.
      checkMay(principal, meeting, 'chat');
      const user = await speaker(tx, principal, meeting);
      const rooms = await roomsIn(tx, meeting);
      for (const room of rooms) {
        const seq = await tx.meetings.bump(room.id);
        if (seq === undefined) continue;
        const part = await tx.meetings.participant(room.id, user.id);
        await record(tx, { id: room.id, seq, at: now }, user, part?.id ?? null, text);
      }
      return rooms;
    });
    for (const room of told) bus.publish('committed', { subject: subjectOf(room.id) });
  }

  /** Everybody has so long to finish, then the rooms are over. Once more changes nothing, unless it is sooner. */
  async close(asker: Asker, id: number, graceMs = GRACE_MS): Promise<BreakoutView> {
    await this.#deps.meetings.together(({ runs, now }) =>
      runs(id, async (tx, meeting) => {
        checkMay(asker.principal, meeting, 'breakout');
        await note(tx, asker, meeting, now, { action: 'breakout', act: 'closed', closesAt: now + graceMs });
        return { type: 'breakouts.close', graceMs, by: byOf(asker) };
      }),
    );
    await this.#keeper.follow(id);
    return this.get(asker, id);
  }

  /** Asks those who run the meeting to come into the room one is in. */
  async help({ principal }: Asker, id: number): Promise<void> {
    if (principal.kind === 'service') throw forbidden('auth.forbidden');
    const userId = principal.user.id;
    await this.#deps.meetings.together(async ({ tx, runs }) => {
      const meeting = await known(tx, id);
      if (!participantOf(meeting, userId)) throw forbidden('meeting.not_in');
      const rooms = await roomsIn(tx, meeting);
      const parts = await tx.meetings.partsOf(
        userId,
        rooms.map((one) => one.id),
      );
      const room = rooms.find((one) => parts.get(one.id)?.state === 'online');
      if (!room) throw conflict('breakout.not_in');
      await runs(id, async () => ({ type: 'breakouts.help', userId, room: named(room) }));
    });
  }

  /** Rooms follow their meetings; any node may. */
  sweep(): Promise<number> {
    return this.#keeper.sweep();
  }
}

const named = ({ id, title }: MeetingHead) => ({ id, name: title });

/** Has the room for their own: those who run the meeting have none. */
const isPlaced = (part: Participant | undefined): boolean =>
  part !== undefined && part.state !== 'removed' && !manages(part);

const shownIn = (room: PeopledMeeting): Participant[] =>
  room.participants.filter((part) => isPlaced(part) || part.state === 'online');

async function known(tx: Transaction, id: number): Promise<Meeting> {
  const meeting = await tx.meetings.lock(id);
  if (!meeting) throw notFound('meeting.unknown');
  return meeting;
}

/** Throws `conflict` where none are open. */
async function roomsIn(tx: Transaction, { id, round }: Meeting): Promise<MeetingHead[]> {
  if (!round) throw conflict('breakout.none');
  return tx.meetings.roomsOf(id);
}

async function speaker(tx: Transaction, principal: Asker['principal'], meeting: Meeting): Promise<User> {
  if (principal.kind === 'user') return principal.user;
  const creator = await tx.users.byId(meeting.creatorId);
  if (!creator) throw notFound('user.unknown');
  return creator;
}
