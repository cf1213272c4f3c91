import { expect } from 'vitest';
import { LocalBus } from '../../adapters/bus/local.ts';
import { MemoryCounters } from '../../adapters/counters/memory.ts';
import { FakeEngine } from '../../adapters/engine/fake.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { Store } from '../../ports/store.ts';
import { Tickets } from '../identity/ticket.ts';
import { LoginGuard } from '../users/login-guard.ts';
import { CHEAP, OWN_SECRET, type PeopleWorld, peopleWorld } from '../users/people.fixture.ts';
import type { User } from '../users/user.ts';
import type { MeetingAsk } from './clean.ts';
import type { Meeting, MeetingRules, Participant } from './meeting.ts';
import { isOver, onlineIn, participantOf, roomOf, subjectOf } from './meeting.ts';
import type { MeetingEntry } from './meetings.ts';
import { Meetings } from './meetings.ts';

export const RULES: MeetingRules = { emptyRoomMs: 300_000, departureMs: 20_000 };
export const NODE = 'here';

export const service = {
  principal: { kind: 'service', key: 'hostkey', jti: 'j', expiresAt: 0 },
  device: null,
} as const;
export const as = (user: User) => ({
  principal: { kind: 'user', user, jti: 'j', expiresAt: 0 } as const,
  device: null,
});

/** What somebody's attempt comes to: `ok`, or the key of the refusal. */
export const outcome = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'ok',
    (error) => error.key ?? String(error),
  );

/** Meetings over a real database and an engine in memory, with a clock turned by hand. */
export interface MeetingsWorld extends PeopleWorld {
  bus: LocalBus;
  counters: MemoryCounters;
  engine: FakeEngine;
  meetings: Meetings;
  tickets: Tickets;
  failures: unknown[];
  person(uid: string, role?: User['role']): Promise<User>;
  create(creator: User, ask?: Partial<MeetingAsk>): Promise<number>;
  /** A meeting with its host inside. */
  begun(host: User, ask?: Partial<MeetingAsk>): Promise<number>;
  join(id: number, user: User, password?: string): Promise<MeetingEntry>;
  /** A signalling socket of somebody; answers its session. */
  socket(id: number, user: User): Promise<string>;
  get(id: number): Promise<Meeting>;
  part(id: number, user: User): Promise<Participant>;
  /** Uid to state, and to role. */
  states(id: number): Promise<Record<string, string>>;
  roles(id: number): Promise<Record<string, string>>;
  /** Types of the meeting's events, after a number of them. */
  log(id: number, after?: number): Promise<string[]>;
  events(id: number): Promise<{ seq: number; type: string; data: Readonly<Record<string, unknown>> }[]>;
  /** Turns the clock and sweeps. */
  later(ms: number): Promise<void>;
  /** All that the engine has told is heard. */
  heard(): Promise<void>;
  /** Somebody comes to the media of a meeting, or goes, and it is heard. */
  enter(id: number, user: User): Promise<void>;
  exit(id: number, user: User): Promise<void>;
  /** Who is in the engine's room. */
  inRoom(id: number): Promise<string[]>;
  /** Another node, or this one after a crash. */
  another(engine: MediaEngine, rules?: MeetingRules, store?: Store): Meetings;
  /** Events of the engine are lost. */
  deaf: boolean;
}

let sockets = 0;

export async function meetingsWorld(): Promise<MeetingsWorld> {
  const world = await peopleWorld();
  const engine = new FakeEngine(() => world.clock.now());
  const failures: unknown[] = [];
  const made = new Set<number>();
  const waiting = new Set<Promise<void>>();
  const bus = new LocalBus((_, error) => failures.push(error));
  const { store, clock, codec, people, everybody } = world;
  const tickets = new Tickets({ store, codec, clock, secret: OWN_SECRET });
  const counters = new MemoryCounters({ clock });
  const guard = new LoginGuard({ counters, clock });
  const failed = (_: string, error: unknown) => void failures.push(error);
  const another = (media: MediaEngine, rules = RULES, kept = store) =>
    new Meetings({
      store: kept,
      bus,
      clock,
      engine: media,
      people: everybody,
      passwords: CHEAP,
      guard,
      counters,
      tickets,
      rules,
      failed,
    });
  await store.transaction((tx) => tx.leases.take(NODE, NODE, clock.now(), 30 * 86_400_000));
  const get = async (id: number) => {
    const meeting = await store.read.meetings.get(id);
    if (!meeting) throw new Error(`no meeting ${id}`);
    return meeting;
  };
  const events = (id: number) => store.read.events.ofSubject(subjectOf(id), 0, 10_000);
  const ofEach = async (id: number, what: 'state' | 'role') =>
    Object.fromEntries((await get(id)).participants.map((part) => [part.uid, part[what]]));
  const self: MeetingsWorld = {
    ...world,
    bus,
    counters,
    engine,
    meetings: another(engine),
    tickets,
    failures,
    another,
    deaf: false,
    person: (uid, role) => people.put(uid, { displayName: uid.toUpperCase(), role }),
    async create(creator, ask = {}) {
      const { id } = await self.meetings.create(as(creator), { title: 'Weekly', ...ask });
      made.add(id);
      return id;
    },
    async begun(host, ask = {}) {
      const id = await self.create(host, ask);
      await self.join(id, host);
      await self.socket(id, host);
      return id;
    },
    join: (id, user, password) => self.meetings.join(as(user), id, { password }),
    async socket(id, user) {
      const sessionId = `ses_${++sockets}`;
      await self.meetings.connect(id, user.id, { sessionId, nodeId: NODE, device: 'test' });
      return sessionId;
    },
    get,
    async part(id, user) {
      const part = participantOf(await get(id), user.id);
      if (!part) throw new Error(`${user.uid} has no part`);
      return part;
    },
    states: (id) => ofEach(id, 'state'),
    roles: (id) => ofEach(id, 'role'),
    log: async (id, after = 0) => (await events(id)).slice(after).map(({ type }) => type),
    events,
    async later(ms) {
      clock.turn(ms);
      await self.meetings.sweep();
      await self.heard();
    },
    async heard() {
      while (waiting.size > 0) await Promise.all(waiting);
    },
    async enter(id, user) {
      engine.enter(roomOf(id), user.uid);
      await self.heard();
    },
    async exit(id, user) {
      engine.exit(roomOf(id), user.uid);
      await self.heard();
    },
    inRoom: async (id) => (await engine.members(roomOf(id))).map(({ identity }) => identity),
    async close() {
      await self.heard();
      for (const id of made) {
        if (await store.read.meetings.head(id)) await check(id);
      }
      expect(failures).toEqual([]);
      await counters.close();
      await world.close();
    },
  };
  /** Whatever happened: the log has no gap, somebody is host, and nobody is in what is over. */
  const check = async (id: number) => {
    const meeting = await get(id);
    const log = await events(id);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: meeting.version }, (_, i) => i + 1));
    expect(log.filter(({ type }) => type === 'meeting.ended').length).toBeLessThanOrEqual(1);
    expect(meeting.participants.some(({ role }) => role === 'host')).toBe(true);
    expect(onlineIn(meeting).filter(({ role }) => role === 'host').length).toBeLessThanOrEqual(1);
    expect(meeting.sessions.filter(({ endedAt }) => endedAt !== null)).toEqual([]);
    if (!isOver(meeting)) return;
    expect(meeting.sessions).toEqual([]);
    expect(meeting.participants.filter(({ state }) => state === 'online' || state === 'waiting')).toEqual([]);
  };
  engine.listen((event) => {
    if (self.deaf) return;
    const hearing = self.meetings.heard(event).finally(() => waiting.delete(hearing));
    waiting.add(hearing);
  });
  return self;
}
