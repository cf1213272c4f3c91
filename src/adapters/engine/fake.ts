import { forbidden, notFound } from '../../core/errors.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';
import type { EngineEvent } from '../../ports/media-event.ts';
import type {
  MemberRights,
  MemberSpec,
  MemberState,
  RoomData,
  RoomSpec,
  TrackState,
} from '../../ports/media-room.ts';

interface FakeMember extends MemberState {
  rights: MemberRights;
  tracks: TrackState[];
}

interface FakeRoom {
  spec: RoomSpec;
  sid: string;
  createdAt: number;
  members: Map<string, FakeMember>;
}

/**
 * An engine without media for tests of the core and its doors: rooms and members in memory, clients
 * played by `enter` and `exit`. It keeps the same contract as the real ones.
 */
export class FakeEngine implements MediaEngine {
  readonly facts = { name: 'fake', rooms: true, mapsNumbers: false };
  readonly sent: { room: string; data: RoomData }[] = [];
  readonly #rooms = new Map<string, FakeRoom>();
  /** When somebody was removed, counted as tickets are. */
  readonly #removed = new Map<string, number>();
  readonly #dataListeners = new Set<(room: string, data: RoomData) => void>();
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  readonly #now: () => number;
  #count = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async ticket(room: string, member: MemberSpec) {
    const token = JSON.stringify({ room, identity: member.identity, count: ++this.#count });
    return { url: null, token: Buffer.from(token).toString('base64url') };
  }

  async openRoom(spec: RoomSpec) {
    this.#open(spec);
  }

  async closeRoom(name: string) {
    const room = this.#rooms.get(name);
    if (!room) return;
    for (const identity of [...room.members.keys()]) this.exit(name, identity, 'room_closed');
    this.#rooms.delete(name);
    this.#emit({ ...this.#about(name, room.sid), type: 'room_finished' });
  }

  async rooms(names: readonly string[] = []) {
    const wanted = [...this.#rooms].filter(([name]) => names.length === 0 || names.includes(name));
    return wanted.map(([name, { sid, createdAt, members }]) => ({
      sid,
      name,
      createdAt,
      memberCount: members.size,
    }));
  }

  async members(room: string) {
    return [...(this.#rooms.get(room)?.members.values() ?? [])];
  }

  async removeMember(room: string, identity: string) {
    this.#removed.set(`${room}/${identity}`, ++this.#count);
    this.exit(room, identity, 'removed');
  }

  async permit(room: string, identity: string, rights: MemberRights) {
    const member = this.#member(room, identity);
    member.rights = rights;
    if (rights.publish) return;
    for (const track of [...member.tracks]) this.unpublish(room, identity, track.sid);
  }

  async mute(room: string, identity: string, trackSid: string, muted: boolean) {
    const member = this.#member(room, identity);
    const at = member.tracks.findIndex(({ sid }) => sid === trackSid);
    const track = member.tracks[at];
    if (!track) throw notFound('room.no_track');
    member.tracks[at] = { ...track, muted };
  }

  async sendData(room: string, data: RoomData) {
    if (!this.#rooms.has(room)) throw notFound('room.unknown');
    this.sent.push({ room, data });
    for (const heard of this.#dataListeners) heard(room, data);
  }

  async stats() {
    return [];
  }

  listen(heard: (event: EngineEvent) => void) {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  }

  async ping() {}

  async close() {
    this.#rooms.clear();
  }

  listenForData(heard: (room: string, data: RoomData) => void) {
    this.#dataListeners.add(heard);
  }

  /**
   * A client with this identity comes into the room; opens it when it is not there. With a ticket,
   * one from before a removal is refused.
   */
  enter(roomName: string, identity: string, ticket?: string): MemberState {
    const issued =
      ticket === undefined ? undefined : JSON.parse(Buffer.from(ticket, 'base64url').toString()).count;
    if (issued < (this.#removed.get(`${roomName}/${identity}`) ?? 0)) throw forbidden('room.removed');
    const fresh = { name: roomName, maxMembers: 0, emptyTimeoutS: 300, departureTimeoutS: 20 };
    const room = this.#rooms.get(roomName) ?? this.#open(fresh);
    if (room.members.has(identity)) this.exit(roomName, identity, 'duplicate');
    const member: FakeMember = {
      sid: `PA_${++this.#count}`,
      identity,
      name: identity,
      joinedAt: this.#now(),
      tracks: [],
      rights: { publish: true, subscribe: true, data: true },
    };
    room.members.set(identity, member);
    const about = this.#about(roomName, room.sid);
    this.#emit({ ...about, type: 'member_joined', identity, memberSid: member.sid });
    return member;
  }

  exit(
    roomName: string,
    identity: string,
    reason: (EngineEvent & { type: 'member_left' })['reason'] = 'left',
  ) {
    const room = this.#rooms.get(roomName);
    const member = room?.members.get(identity);
    if (!room || !member) return;
    for (const track of [...member.tracks]) this.unpublish(roomName, identity, track.sid);
    room.members.delete(identity);
    const about = this.#about(roomName, room.sid);
    this.#emit({ ...about, type: 'member_left', identity, memberSid: member.sid, reason });
  }

  publish(room: string, identity: string, track: Omit<TrackState, 'sid'>): TrackState {
    const member = this.#member(room, identity);
    const state = { ...track, sid: `TR_${++this.#count}` };
    member.tracks.push(state);
    this.#emitTrack('track_published', room, member, state);
    return state;
  }

  unpublish(room: string, identity: string, trackSid: string) {
    const member = this.#member(room, identity);
    const track = member.tracks.find(({ sid }) => sid === trackSid);
    if (!track) throw notFound('room.no_track');
    member.tracks = member.tracks.filter((other) => other !== track);
    this.#emitTrack('track_unpublished', room, member, track);
  }

  /** Whether tickets of before are void for this identity. */
  wasRemoved(room: string, identity: string) {
    return this.#removed.has(`${room}/${identity}`);
  }

  /** Tells listeners of something, as an engine that repeats itself would. */
  emit(event: EngineEvent) {
    this.#emit(event);
  }

  #open(spec: RoomSpec): FakeRoom {
    const known = this.#rooms.get(spec.name);
    if (known) return known;
    const room = { spec, sid: `RM_${++this.#count}`, createdAt: this.#now(), members: new Map() };
    this.#rooms.set(spec.name, room);
    this.#emit({ ...this.#about(spec.name, room.sid), type: 'room_started' });
    return room;
  }

  #member(room: string, identity: string): FakeMember {
    const member = this.#rooms.get(room)?.members.get(identity);
    if (!member) throw notFound('room.no_member');
    return member;
  }

  #about(room: string, roomSid: string) {
    return { id: `EV_${++this.#count}`, at: this.#now(), room, roomSid };
  }

  #emitTrack(
    type: 'track_published' | 'track_unpublished',
    room: string,
    member: FakeMember,
    track: TrackState,
  ) {
    const roomSid = this.#rooms.get(room)?.sid ?? '';
    const { identity, sid: memberSid } = member;
    this.#emit({ ...this.#about(room, roomSid), type, identity, memberSid, track });
  }

  #emit(event: EngineEvent) {
    for (const heard of this.#listeners) heard(event);
  }
}
