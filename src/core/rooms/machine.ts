import type { Bus } from '../../ports/bus.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, Transaction } from '../../ports/store.ts';
import { attempts, Overtaken } from '../attempts.ts';
import { conflict, notFound, ParleyError } from '../errors.ts';
import { apply, applyAll } from './apply.ts';
import { type Beginning, begin } from './begin.ts';
import type { Refusal, RoomCommand } from './commands.ts';
import { decide } from './decide.ts';
import { describe, type RoomEvent } from './events.ts';
import { isEngaged, type Room, type RoomRules, subjectOf } from './room.ts';

export interface MachineDeps {
  store: Store;
  bus: Bus;
  clock: Clock;
  rules: RoomRules;
}

/** Makes a command of the room as it is; what it engages or throws is of the same transaction. */
export type Make = (tx: Transaction, room: Room) => Promise<RoomCommand>;

/** Runs the room machine on storage: one transaction holds the room, its engagements and its events. */
export class Machine {
  readonly #deps: MachineDeps;

  constructor(deps: MachineDeps) {
    this.#deps = deps;
  }

  /** Throws what `prepare` does, and `conflict` when name or channel are taken meanwhile. */
  async begin(prepare: (tx: Transaction) => Promise<Beginning>): Promise<Room> {
    const { store, clock, rules } = this.#deps;
    const now = clock.now();
    const begun = store.transaction(async (tx) => {
      const { before, room, events } = begin(await prepare(tx), now, rules);
      const kept = await tx.rooms.insert(room);
      await append(tx, before, events, now);
      return kept;
    });
    const room = await begun.catch(sayTaken);
    this.#publish(room);
    return room;
  }

  /**
   * Gives a command to a room and answers what the room is then. One that took effect before
   * answers the same and changes nothing. Throws `not_found` and `conflict`.
   */
  async run(name: string, make: Make): Promise<{ room: Room; changed: boolean }> {
    const { clock, store } = this.#deps;
    const done = await attempts('room.contended', () => {
      const now = clock.now();
      return store.transaction((tx) => this.#attempt(tx, name, make, now));
    });
    if (done.changed) this.#publish(done.room);
    return done;
  }

  async #attempt(tx: Transaction, name: string, make: Make, now: number) {
    const before = await tx.rooms.lock(name);
    if (!before) throw notFound('room.unknown');
    const command = await make(tx, before);
    const decision = decide(before, command, now, this.#deps.rules);
    if (!decision.ok) throw refusalError(decision.refusal);
    const { events } = decision;
    const after = applyAll(before, events, now);
    await release(tx, before, after, 'userId' in command ? command.userId : undefined);
    if (events.length === 0) return { room: before, changed: false };
    const room = await tx.rooms.save(before, after);
    // Throwing rolls back what `make` has engaged, too.
    if (!room) throw new Overtaken();
    await append(tx, before, events, now);
    return { room, changed: true };
  }

  #publish(room: Room): void {
    this.#deps.bus.publish('committed', { subject: subjectOf(room.name) });
  }
}

/** Whom the room holds no longer, and `asking`, who was engaged for a command that came to nothing. */
async function release(tx: Transaction, before: Room, after: Room, asking: number | undefined) {
  const held = new Set(after.members.filter(isEngaged).map(({ userId }) => userId));
  const were = before.members.filter(isEngaged).map(({ userId }) => userId);
  const free = [...were, ...(asking === undefined ? [] : [asking])].filter((userId) => !held.has(userId));
  if (free.length > 0) await tx.calls.release(free, subjectOf(before.name));
}

async function append(tx: Transaction, before: Room, events: readonly RoomEvent[], at: number) {
  const subject = subjectOf(before.name);
  let room = before;
  const told = events.flatMap((event) => {
    room = apply(room, event, at);
    const words = describe(event, room, at);
    return words ? [{ subject, seq: room.version, at, ...words }] : [];
  });
  if (told.length > 0) await tx.events.append(told);
}

/** Two at once wanted the name or the channel: the database has let one of them have it. */
function sayTaken(error: unknown): never {
  if (error instanceof ParleyError && error.key === 'taken') {
    if (error.details.field === 'room_name') throw conflict('room.name_taken');
    if (error.details.field === 'live_key') throw conflict('room.channel_taken');
  }
  throw error;
}

function refusalError(refusal: Refusal): ParleyError {
  switch (refusal) {
    case 'over':
      return conflict('room.over');
    case 'full':
      return conflict('room.full');
    case 'no_member':
      return notFound('room.no_member');
    case 'state':
      return conflict('room.state');
  }
}
