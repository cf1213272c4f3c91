import type { Clock } from '../../ports/clock.ts';
import type { MediaEngine, Ticket } from '../../ports/media-engine.ts';
import type { EngineEvent } from '../../ports/media-event.ts';
import type { Store } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import { Turns } from '../turns.ts';
import type { User } from '../users/user.ts';
import type { Machine, Make } from './machine.ts';
import { isReserved } from './names.ts';
import { isLive, MEMBER, memberOf, type Room, type RoomRules, subjectOf } from './room.ts';

export interface EngineSideDeps {
  store: Store;
  clock: Clock;
  engine: MediaEngine;
  rules: RoomRules;
  failed: (what: string, error: unknown) => void;
}

/**
 * Rooms and the engine. The engine cannot join a transaction: what a commit has decided is done to
 * it afterwards, idempotent, and what a crash left between is found by comparing.
 */
export class EngineSide {
  readonly #deps: EngineSideDeps;
  readonly #machine: Machine;
  readonly #turns = new Turns<string>();

  constructor(deps: EngineSideDeps, machine: Machine) {
    this.#deps = deps;
    this.#machine = machine;
  }

  /** A command, and after its commit what it means for the engine. */
  async run(name: string, make: Make): Promise<{ room: Room; changed: boolean }> {
    const done = await this.#machine.run(name, make);
    if (done.changed && !isLive(done.room)) await this.#close(name);
    return done;
  }

  async ticket(room: Room, { id, uid, displayName }: User, ttlS: number): Promise<Ticket> {
    const { engine, rules } = this.#deps;
    if (rules.autoCreate === false) {
      await engine.openRoom({
        name: room.name,
        maxMembers: room.maxMembers,
        emptyTimeoutS: Math.ceil(rules.emptyRoomMs / 1000),
        departureTimeoutS: Math.ceil(rules.departureMs / 1000),
      });
    }
    // Who may remove people and end the room may mute them too, by the engine's own API.
    const rights = { publish: true, subscribe: true, data: true, admin: id === room.creatorId };
    return engine.ticket(room.name, { identity: uid, name: displayName, rights, ttlS });
  }

  /** What cannot be done now is done when the sides are compared. */
  async remove(name: string, identity: string): Promise<void> {
    const { engine, failed } = this.#deps;
    await engine
      .removeMember(name, identity)
      .catch((error) => failed(`remove ${identity} from ${name}`, error));
  }

  async #close(name: string): Promise<void> {
    const { engine, failed } = this.#deps;
    await engine.closeRoom(name).catch((error) => failed(`close room ${name}`, error));
  }

  /** One room's events one after the other; rooms that are none of ours are passed over. */
  async heard(event: EngineEvent): Promise<void> {
    const ofTracks = event.type === 'track_published' || event.type === 'track_unpublished';
    if (ofTracks || isReserved(event.room)) return;
    await this.#turns.run(event.room, () => this.#hear(event));
  }

  async #hear(event: EngineEvent): Promise<void> {
    const room = await this.#deps.store.read.rooms.get(event.room);
    if (!room) return;
    switch (event.type) {
      case 'room_started':
        if (!isLive(room)) return this.#close(room.name);
        // Opened beforehand it says nothing: the first who enters does.
        if (this.#deps.rules.autoCreate !== false)
          await this.run(room.name, async () => ({ type: 'opened' }));
        return;
      case 'room_finished':
        await this.run(room.name, async () => ({ type: 'closed' }));
        return;
      case 'member_joined':
        return this.#entered(room, { ...event, sid: event.memberSid, seen: false });
      case 'member_left':
        await this.#gone(room.name, event.identity, event.memberSid);
        return;
    }
  }

  /** Who may not be in is sent out again; an identity that is nobody's (a recorder) is let be. */
  async #entered(room: Room, came: Came): Promise<void> {
    const { identity, sid, at, seen } = came;
    const user = await this.#deps.store.read.users.byUid(identity);
    if (!user) return;
    // Banned or deleted: their tickets outlive them.
    if (user.status !== 'active') return this.remove(room.name, identity);
    try {
      await this.run(room.name, async (tx, now) => {
        if (isLive(now) && memberOf(now, identity)?.status !== MEMBER.joined) {
          const elsewhere = await tx.calls.engage([user.id], subjectOf(now.name));
          if (elsewhere.size > 0) throw new NotLetIn();
        }
        return { type: 'entered', userId: user.id, uid: identity, sid, at, seen };
      });
    } catch (error) {
      const refused =
        error instanceof NotLetIn || (error instanceof ParleyError && error.code === 'conflict');
      if (!refused) throw error;
      const now = await this.#deps.store.read.rooms.get(room.name);
      if (now && !isLive(now)) await this.#close(room.name);
      else await this.remove(room.name, identity);
    }
  }

  async #gone(name: string, uid: string, sid: string): Promise<void> {
    await this.run(name, async () => ({ type: 'gone', uid, sid }));
  }

  /** Rooms that are over close; who is there or not there against what the room says is put right. */
  async reconcile(thorough: boolean): Promise<void> {
    const { engine, store, failed } = this.#deps;
    const open = new Map((await engine.rooms()).map(({ name, memberCount }) => [name, memberCount]));
    const names = [...open.keys()].filter((name) => !isReserved(name));
    const known = await store.read.rooms.over(names);
    const inMedia = await store.read.rooms.inMedia();
    for (const name of new Set([...known.keys(), ...inMedia.keys()])) {
      const there = open.get(name);
      const differs = (there ?? 0) !== (inMedia.get(name) ?? 0);
      if (known.get(name)) await this.#close(name);
      else if (differs || (thorough && there !== undefined)) {
        await this.#turns
          .run(name, () => this.#compare(name))
          .catch((error) => failed(`compare room ${name} with the engine`, error));
      }
    }
  }

  async #compare(name: string): Promise<void> {
    // Asked for in the room's turn: who has come since the count is not missed in an older answer.
    const members = await this.#deps.engine.members(name);
    const room = await this.#deps.store.read.rooms.get(name);
    if (!room || !isLive(room)) return;
    for (const { identity, sid, joinedAt } of members) {
      const member = memberOf(room, identity);
      if (member?.inMedia && member.mediaSid === sid) continue;
      // Has left by word alone, and the client is still there.
      const stayed = member && member.status !== MEMBER.joined && joinedAt <= (member.leaveTime ?? 0);
      if (stayed) await this.remove(name, identity);
      else await this.#entered(room, { identity, sid, at: joinedAt, seen: true });
    }
    for (const { uid, inMedia, mediaSid } of room.members) {
      if (!inMedia || members.some(({ identity }) => identity === uid)) continue;
      await this.#gone(name, uid, mediaSid ?? '');
    }
  }
}

interface Came {
  identity: string;
  sid: string;
  at: number;
  seen: boolean;
}

/** Something else has this person. */
class NotLetIn extends Error {}
