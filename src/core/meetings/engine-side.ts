import type { Clock } from '../../ports/clock.ts';
import type { Counters } from '../../ports/counters.ts';
import type { MediaEngine, Ticket } from '../../ports/media-engine.ts';
import type { EngineEvent, LeaveReason } from '../../ports/media-event.ts';
import type { MemberRights, TrackState } from '../../ports/media-room.ts';
import type { Store } from '../../ports/store.ts';
import { ParleyError } from '../errors.ts';
import { Turns } from '../turns.ts';
import type { User } from '../users/user.ts';
import type { MeetingEvent } from './events.ts';
import { differ, flagsOf, KINDS } from './flags.ts';
import type { Change, Machine, Make, Steps } from './machine.ts';
import type {
  MediaFlags,
  Meeting,
  MeetingRules,
  Participant,
  SessionEnd,
  SessionQuality,
} from './meeting.ts';
import { isOver, meetingOf, onlineIn, participantOf, roomOf, sessionsOf } from './meeting.ts';
import { isLimited, rightsOf, sameRights } from './rights.ts';
import { manages } from './steps.ts';

export interface EngineSideDeps {
  store: Store;
  clock: Clock;
  engine: MediaEngine;
  counters: Pick<Counters, 'hit' | 'forget'>;
  rules: MeetingRules;
  failed: (what: string, error: unknown) => void;
}

/** How long a ticket opens the door; who is inside gets new ones from the engine. */
const TICKET_S = 6 * 3600;

/** Of a session's microphones; no meeting lasts longer. */
const FIRST = { limit: 1, windowMs: 24 * 3_600_000 };

const ENDS: Readonly<Record<LeaveReason, SessionEnd>> = {
  left: 'left',
  removed: 'removed',
  duplicate: 'replaced',
  room_closed: 'ended',
  lost: 'lost',
};

/**
 * Meetings and the engine. The engine cannot join a transaction: what a commit has decided is done
 * to it afterwards, idempotent, and what a crash left between is found by comparing.
 */
export class EngineSide {
  readonly #deps: EngineSideDeps;
  readonly #machine: Machine;
  readonly #turns = new Turns<number>();
  readonly #permits = new Turns<number>();

  constructor(deps: EngineSideDeps, machine: Machine) {
    this.#deps = deps;
    this.#machine = machine;
  }

  /** A command, and after its commit what it means for the engine. */
  run(id: number, make: Make): Promise<Change> {
    return this.together(({ runs }) => runs(id, make));
  }

  /** The same of several meetings in one transaction. */
  async together<T>(work: (steps: Steps) => Promise<T>): Promise<T> {
    const { result, changes } = await this.#machine.together(work);
    for (const change of changes) if (change.events.length > 0) await this.#follow(change);
    return result;
  }

  /** How somebody who is in a meeting gets to its media; null without an engine. */
  async ticket(meeting: Meeting, part: Participant, { uid, displayName }: User): Promise<Ticket | null> {
    const { engine, rules } = this.#deps;
    if (!engine.facts.rooms) return null;
    const name = roomOf(meeting.id);
    if (rules.autoCreate === false) {
      await engine.openRoom({
        name,
        // Places are the meeting's business: its host enters also when it is full.
        maxMembers: 0,
        emptyTimeoutS: Math.ceil(rules.emptyRoomMs / 1000),
        departureTimeoutS: Math.ceil(rules.departureMs / 1000),
      });
    }
    const rights = rightsOf(meeting, part);
    return engine.ticket(name, { identity: uid, name: displayName, rights, ttlS: TICKET_S });
  }

  /** Turns off what people send of these kinds; what cannot be done now their clients are asked for by the event. */
  async mute(meeting: Meeting, uids: readonly string[], kinds: readonly (keyof MediaFlags)[]): Promise<void> {
    const room = roomOf(meeting.id);
    const members = await this.#deps.engine.members(room);
    for (const { identity, tracks } of members.filter((member) => uids.includes(member.identity))) {
      for (const track of tracks) {
        const kind = KINDS[track.source];
        if (kind && kinds.includes(kind) && !track.muted) await this.#mute(room, identity, track);
      }
    }
  }

  async #mute(room: string, identity: string, { sid }: TrackState): Promise<void> {
    const { engine } = this.#deps;
    await this.#try(`mute ${identity} in ${room}`, () => engine.mute(room, identity, sid, true));
  }

  /** Who is out, is out of the engine's room; who may do something else now, may there. */
  async #follow({ before, meeting, events }: Change): Promise<void> {
    if (isOver(meeting)) {
      if (!isOver(before)) await this.#close(meeting.id);
      return;
    }
    const entered = new Set(events.flatMap(cameToMedia));
    const changed: number[] = [];
    for (const was of before.participants) {
      const now = participantOf(meeting, was.userId);
      if (!now) continue;
      const removed = now.state === 'removed' && was.state !== 'removed';
      const left = was.state === 'online' && now.state !== 'online';
      if (removed || (left && hasMedia(before, was))) await this.remove(meeting.id, was.uid);
      else if (now.state === 'online' && hasMedia(meeting, now)) {
        const rights = rightsOf(meeting, now);
        // Who comes may hold a ticket from before a change: of their role, or of what is off now.
        const outdated = entered.has(now.userId) && isLimited(rights);
        if (outdated || !sameRights(rightsOf(before, was), rights)) changed.push(now.userId);
      }
    }
    await this.#permit(meeting.id, changed);
  }

  /**
   * As the meeting is when it is their turn, and until that still stands: another node with a later
   * change may have been quicker with the engine.
   */
  async #permit(id: number, userIds: readonly number[]): Promise<void> {
    if (userIds.length === 0) return;
    const { store, engine } = this.#deps;
    const room = roomOf(id);
    const whose = new Set(userIds);
    const told = new Map<number, MemberRights>();
    await this.#permits.run(id, async () => {
      for (;;) {
        const meeting = await store.read.meetings.get(id);
        if (!meeting) return;
        const due = onlineIn(meeting)
          .filter(({ userId }) => whose.has(userId))
          .map((part) => ({ ...part, rights: rightsOf(meeting, part), last: told.get(part.userId) }))
          .filter(({ rights, last }) => !last || !sameRights(last, rights));
        if (due.length === 0) return;
        for (const { userId, uid, rights } of due) {
          told.set(userId, rights);
          await this.#try(`permit ${uid} in ${room}`, () => engine.permit(room, uid, rights));
        }
      }
    });
  }

  /** The tickets of before are void by it. */
  async remove(id: number, uid: string): Promise<void> {
    const room = roomOf(id);
    await this.#try(`remove ${uid} from ${room}`, () => this.#deps.engine.removeMember(room, uid));
  }

  async #close(id: number): Promise<void> {
    const room = roomOf(id);
    await this.#try(`close room ${room}`, () => this.#deps.engine.closeRoom(room));
  }

  /** What cannot be done now is done when the sides are compared. Who is not there needs nothing. */
  async #try(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const absent = error instanceof ParleyError && error.code === 'not_found';
      if (!absent) this.#deps.failed(what, error);
    }
  }

  /** One meeting's events one after the other; rooms that are none of ours are passed over. */
  async heard(event: EngineEvent): Promise<void> {
    const id = meetingOf(event.room);
    if (id !== undefined) await this.#turns.run(id, () => this.#hear(id, event));
  }

  async #hear(id: number, event: EngineEvent): Promise<void> {
    switch (event.type) {
      case 'room_started': {
        const head = await this.#deps.store.read.meetings.head(id);
        if (head && isOver(head)) await this.#close(id);
        return;
      }
      case 'room_finished':
        // Whoever was in it was told of one by one.
        return;
      case 'member_joined':
        return this.#entered(id, { ...event, sid: event.memberSid, seen: false });
      case 'member_left':
        await this.#deps.counters.forget(spokenOf(event.memberSid));
        return this.#gone(id, event.identity, event.memberSid, ENDS[event.reason]);
      case 'track_published': {
        const muted = await this.#muteOnJoin(id, event);
        return this.#flags(id, event.identity, flagsOf([{ ...event.track, muted }]));
      }
      case 'track_unpublished': {
        const kind = KINDS[event.track.source];
        return kind && this.#flags(id, event.identity, { [kind]: false });
      }
    }
  }

  /** Where people come in muted, their first microphone is; they may unmute it then. Answers whether the track is. */
  async #muteOnJoin(id: number, event: TrackEvent): Promise<boolean> {
    const { track, memberSid, identity, room } = event;
    if (track.source !== 'microphone') return track.muted;
    // Whichever node hears of it; of sessions whose end nobody heard of nothing stays.
    const { room: isFirst } = await this.#deps.counters.hit(spokenOf(memberSid), FIRST);
    if (!isFirst || track.muted) return track.muted;
    const meeting = await this.#deps.store.read.meetings.get(id);
    const part = meeting?.participants.find(({ uid }) => uid === identity);
    if (!meeting?.settings.muteOnJoin || !part || manages(part)) return false;
    await this.#mute(room, identity, track);
    return true;
  }

  async #flags(id: number, uid: string, flags: Partial<MediaFlags>): Promise<void> {
    const user = await this.#deps.store.read.users.byUid(uid);
    if (!user || Object.keys(flags).length === 0) return;
    await this.#tell(() => this.run(id, async () => ({ type: 'media', userId: user.id, flags })));
  }

  /** Who may not be in is sent out again; an identity that is nobody's (a recorder) is let be. */
  async #entered(id: number, { identity, sid, at, seen }: Came): Promise<void> {
    const user = await this.#deps.store.read.users.byUid(identity);
    if (!user) return;
    // Banned or deleted: their tickets outlive them.
    if (user.status !== 'active') return this.remove(id, identity);
    try {
      await this.run(id, async (tx, meeting) => {
        const sessionId = sessionOf(sid);
        const known = await tx.meetingSessions.byId(sessionId);
        const device = sessionsOf(meeting, user.id)[0]?.device ?? '';
        return {
          type: 'entered',
          userId: user.id,
          session: { id: sessionId, kind: 'media', sid, nodeId: null, device },
          at,
          seen,
          over: known !== undefined && known.endedAt !== null,
        };
      });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (error.code === 'gone') await this.#close(id);
      else await this.remove(id, identity);
    }
  }

  async #gone(id: number, uid: string, sid: string, reason: SessionEnd): Promise<void> {
    const user = await this.#deps.store.read.users.byUid(uid);
    if (!user) return;
    await this.#tell(() => this.run(id, async () => ({ type: 'gone', userId: user.id, sid, reason })));
  }

  /** What the engine tells of a meeting that does not take it is no failure. */
  async #tell(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error) => {
      if (!isRefusal(error)) throw error;
    });
  }

  /** Rooms of meetings that are over close; who is there or not against what a meeting says is put right. */
  async reconcile(thorough: boolean): Promise<void> {
    const { engine, store, failed } = this.#deps;
    if (!engine.facts.rooms) return;
    const open = new Map((await engine.rooms()).map(({ name, memberCount }) => [name, memberCount]));
    const ongoing = new Map((await store.read.meetings.ongoing()).map(({ id, inMedia }) => [id, inMedia]));
    const rooms = [...open.keys()].map(meetingOf).filter((id) => id !== undefined);
    for (const id of rooms.filter((one) => !ongoing.has(one))) {
      const head = await store.read.meetings.head(id);
      if (head && isOver(head)) await this.#close(id);
    }
    for (const [id, inMedia] of ongoing) {
      const there = open.get(roomOf(id));
      const differs = (there ?? 0) !== inMedia;
      if (!differs && !(thorough && there !== undefined)) continue;
      await this.#turns
        .run(id, () => this.#compare(id))
        .catch((error) => failed(`compare meeting ${id} with the engine`, error));
    }
  }

  async #compare(id: number): Promise<void> {
    // Asked for in the meeting's turn: who has come since the count is not missed in an older answer.
    const { engine, store } = this.#deps;
    const members = await engine.members(roomOf(id));
    const meeting = await store.read.meetings.get(id);
    if (!meeting || isOver(meeting)) return;
    const people = await store.read.users.byUids(members.map(({ identity }) => identity));
    const gone = new Set(people.filter(({ status }) => status !== 'active').map(({ uid }) => uid));
    for (const { identity, sid, joinedAt, tracks } of members) {
      // A ban that a crash, or a bus that was away, has kept from the engine.
      if (gone.has(identity)) {
        await this.remove(id, identity);
        continue;
      }
      const part = meeting.participants.find(({ uid }) => uid === identity);
      const known = meeting.sessions.some((session) => session.sid === sid && session.kind === 'media');
      // Has left by word alone, and the client is still there.
      const stayed = part && part.state !== 'online' && joinedAt <= (part.leftAt ?? 0);
      if (stayed) await this.remove(id, identity);
      else if (!known) await this.#entered(id, { identity, sid, at: joinedAt, seen: true });
      if (part && !stayed && differ(part.media, flagsOf(tracks))) {
        await this.#flags(id, identity, flagsOf(tracks));
      }
    }
    const there = new Set(members.map(({ sid }) => sid));
    for (const { kind, sid, userId } of meeting.sessions) {
      if (kind !== 'media' || there.has(sid)) continue;
      await this.run(id, async () => ({ type: 'gone', userId, sid, reason: 'lost' }));
    }
  }

  /** What the engine measures, kept with the sessions that it is of: all meetings in one statement. */
  async measure(): Promise<void> {
    const { engine, store } = this.#deps;
    const busy = (await store.read.meetings.ongoing()).filter(({ inMedia }) => inMedia > 0);
    const found: { id: string; quality: SessionQuality }[] = [];
    for (const { id } of busy) {
      const stats = await engine.stats(roomOf(id));
      const meeting = stats.length === 0 ? undefined : await store.read.meetings.get(id);
      for (const { identity, lossUp, lossDown, roundTripMs } of stats) {
        const part = meeting && onlineIn(meeting).find(({ uid }) => uid === identity);
        const session =
          meeting && part && sessionsOf(meeting, part.userId).find(({ kind }) => kind === 'media');
        const losses = [lossUp, lossDown].filter((loss) => loss !== undefined);
        if (!session || (losses.length === 0 && roundTripMs === undefined)) continue;
        found.push({
          id: session.id,
          quality: { loss: Math.max(0, ...losses), rttMs: roundTripMs ?? null },
        });
      }
    }
    if (found.length > 0) await store.transaction((tx) => tx.meetingSessions.saveQuality(found));
  }
}

type TrackEvent = Extract<EngineEvent, { track: TrackState }>;

interface Came {
  identity: string;
  sid: string;
  at: number;
  seen: boolean;
}

/** The engine's name makes ours, so that a session told of twice is one. */
const sessionOf = (sid: string): string => `ses_${sid}`;

const spokenOf = (sid: string): string => `spoken:${sid}`;

const hasMedia = (meeting: Meeting, { userId }: Participant): boolean =>
  sessionsOf(meeting, userId).some(({ kind }) => kind === 'media');

const cameToMedia = (event: MeetingEvent): number[] =>
  event.type === 'session.opened' && event.session.kind === 'media' ? [event.session.userId] : [];

const isRefusal = (error: unknown): error is ParleyError =>
  error instanceof ParleyError && ['gone', 'conflict', 'forbidden', 'not_found'].includes(error.code);
