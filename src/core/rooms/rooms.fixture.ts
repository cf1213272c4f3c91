import { expect } from 'vitest';
import { FakeEngine } from '../../adapters/engine/fake.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { Name } from '../calls/ask.ts';
import { callPolicy } from '../policy.ts';
import { type PeopleWorld, peopleWorld } from '../users/people.fixture.ts';
import type { User } from '../users/user.ts';
import { isEngaged, type RoomRules, subjectOf } from './room.ts';
import { type RoomAsk, Rooms } from './rooms.ts';

export const RULES: RoomRules = { ringMs: 45_000, emptyRoomMs: 300_000, departureMs: 20_000 };

export const service = {
  principal: { kind: 'service', key: 'hostkey', jti: 'j', expiresAt: 0 },
  device: null,
} as const;
export const as = (user: User) => ({
  principal: { kind: 'user', user, jti: 'j', expiresAt: 0 } as const,
  device: null,
});

/** Rooms over a real database and an engine in memory, with a clock turned by hand. */
export interface RoomsWorld extends PeopleWorld {
  engine: FakeEngine;
  rooms: Rooms;
  failures: unknown[];
  /** Somebody new who is a contact of everybody before. */
  person(uid: string): Promise<User>;
  /** A room, begun by a service. */
  create(creator: Name, ask?: Partial<RoomAsk>): Promise<string>;
  /** Uid to status. */
  parts(room: string): Promise<Record<string, number>>;
  status(room: string): Promise<number>;
  /** Types of the room's events. */
  log(room: string): Promise<string[]>;
  /** Turns the clock and sweeps. */
  later(ms: number): Promise<void>;
  /** All that the engine has told is heard. */
  heard(): Promise<void>;
  /** Somebody comes to the media of a room, or goes, and it is heard. */
  enter(room: string, user: User): Promise<void>;
  exit(room: string, user: User): Promise<void>;
  /** Another node, or this one after a crash. */
  another(engine: MediaEngine, rules?: RoomRules): Rooms;
  deaf: boolean;
}

let rooms = 0;

export async function roomsWorld(): Promise<RoomsWorld> {
  const world = await peopleWorld();
  const engine = new FakeEngine(() => world.clock.now());
  const failures: unknown[] = [];
  const known: User[] = [];
  const names: string[] = [];
  const waiting = new Set<Promise<void>>();
  const bus = {
    publish: () => {},
    subscribe: () => () => {},
    ping: async () => {},
    close: async () => {},
  };
  const another = (media: MediaEngine, rules = RULES) =>
    new Rooms({
      store: world.store,
      bus,
      clock: world.clock,
      engine: media,
      policy: callPolicy('contacts'),
      people: world.people,
      rules,
      failed: (_, error) => failures.push(error),
    });
  const made: RoomsWorld = {
    ...world,
    engine,
    rooms: another(engine),
    failures,
    another,
    deaf: false,
    async person(uid) {
      const user = await world.people.put(uid, {});
      for (const other of known) await world.contacts.act('link', user, other);
      known.push(user);
      return user;
    },
    async create(creator, ask = {}) {
      const name = ask.name ?? `room-${++rooms}`;
      names.push(name);
      await made.rooms.create(service, {
        creator,
        uids: [],
        callType: 1,
        inviteOn: true,
        maxMembers: 2,
        channel: undefined,
        ...ask,
        name,
      });
      return name;
    },
    parts: async (room) =>
      Object.fromEntries((await get(room)).members.map(({ uid, status }) => [uid, status])),
    status: async (room) => (await get(room)).status,
    log: async (room) => (await events(room)).map(({ type }) => type),
    async later(ms) {
      world.clock.turn(ms);
      await made.rooms.sweep();
      await made.heard();
    },
    async heard() {
      while (waiting.size > 0) await Promise.all(waiting);
    },
    async enter(room, user) {
      engine.enter(room, user.uid);
      await made.heard();
    },
    async exit(room, user) {
      engine.exit(room, user.uid);
      await made.heard();
    },
    /** Whatever happened: the log has no gap, and people are engaged where they have a part. */
    async close() {
      await made.heard();
      for (const name of names) {
        const room = await get(name);
        const log = await events(name);
        expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: room.version }, (_, i) => i + 1));
        const engaged = await world.store.read.rooms.engaged(room.members.map(({ userId }) => userId));
        const here = room.members.filter(({ userId }) => engaged.get(userId) === subjectOf(name));
        expect(here.map(({ uid }) => uid)).toEqual(room.members.filter(isEngaged).map(({ uid }) => uid));
      }
      expect(failures).toEqual([]);
      await world.close();
    },
  };
  const get = async (name: string) => {
    const room = await world.store.read.rooms.get(name);
    if (!room) throw new Error(`no room ${name}`);
    return room;
  };
  const events = (name: string) => world.store.read.events.ofSubject(subjectOf(name), 0, 1000);
  engine.listen((event) => {
    if (made.deaf) return;
    const hearing = made.rooms.heard(event).finally(() => waiting.delete(hearing));
    waiting.add(hearing);
  });
  return made;
}
