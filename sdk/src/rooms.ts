import type { RoomTicket } from './call-room.ts';
import type { Directory } from './directory.ts';
import type { Rest } from './rest.ts';
import type { Person } from './types.ts';

export type RoomStatus = 'waiting' | 'live' | 'finished' | 'cancelled';

/** How somebody stands to a room. */
export type RoomMemberStatus = 'invited' | 'joined' | 'rejected' | 'left' | 'missed' | 'busy' | 'cancelled';

/** A room as the server keeps it, without its media. */
export interface RoomInfo {
  name: string;
  /** A uid: who may end it and remove people. */
  creator: string;
  video: boolean;
  /** Everybody in it may ask others in; else the creator alone. */
  membersMayInvite: boolean;
  status: RoomStatus;
  /** People who fit in. */
  size?: number;
  createdAt: Date;
}

export interface RoomMember {
  person: Person;
  status: RoomMemberStatus;
  joinedAt?: Date;
}

/** One is in the room now; a LiveKit client takes the ticket for its media. */
export interface RoomEntry extends RoomTicket {
  creator: string;
  size?: number;
}

export interface NewRoom {
  /** Made up by the server when absent. */
  name?: string;
  video?: boolean;
  /** People who fit in, oneself included; 2 when absent. */
  size?: number;
  membersMayInvite?: boolean;
  /** Uids to ask in at once. */
  invite?: string[];
}

interface RestRoom {
  room_name: string;
  creator: string;
  call_type: number;
  invite_on: number;
  status: number;
  max_participants?: number;
  created_at: string;
}

interface RestEntry {
  room_name: string;
  token: string;
  livekit_url: string;
  creator?: string;
  max_participants?: number;
}

interface RestMember {
  uid: string;
  status: number;
  join_time: number;
}

const ROOM: readonly RoomStatus[] = ['waiting', 'live', 'finished', 'cancelled'];
const MEMBER: readonly RoomMemberStatus[] = [
  'invited',
  'joined',
  'rejected',
  'left',
  'missed',
  'busy',
  'cancelled',
];

const roomPath = (name: string) => `/api/v1/rooms/${encodeURIComponent(name)}`;

/** Rooms with media: making them, coming in, asking others in. The media itself is a LiveKit client's. */
export class Rooms {
  readonly #rest: Rest;
  readonly #directory: Directory;
  readonly #uid: () => Promise<string>;

  constructor(rest: Rest, directory: Directory, uid: () => Promise<string>) {
    this.#rest = rest;
    this.#directory = directory;
    this.#uid = uid;
  }

  /** Makes a room with oneself in it. Rejects with `invalid` when its name is taken or one is in another. */
  async create(options: NewRoom = {}): Promise<RoomEntry> {
    const uid = await this.#uid();
    const body = {
      creator: uid,
      call_type: options.video === false ? 0 : 1,
      invite_on: options.membersMayInvite === false ? 0 : 1,
      ...(options.name !== undefined && { room_name: options.name }),
      ...(options.size !== undefined && { max_participants: options.size }),
      ...(options.invite && { uids: options.invite }),
    };
    const { data } = await this.#rest.post<{ data: RestEntry }>('/api/v1/rooms', body);
    return entryOf(data, uid);
  }

  async get(name: string): Promise<RoomInfo> {
    return infoOf((await this.#rest.get<{ data: RestRoom }>(roomPath(name))).data);
  }

  /** One's own rooms, newest first. */
  async list(page: { limit?: number; offset?: number } = {}): Promise<{ rooms: RoomInfo[]; total: number }> {
    const { data } = await this.#rest.get<{ data: { rooms: RestRoom[]; total: number } }>(
      '/api/v1/rooms',
      page,
    );
    return { rooms: data.rooms.map(infoOf), total: data.total };
  }

  /** Everybody who is or was in it or was asked in. */
  async members(name: string): Promise<RoomMember[]> {
    const { data } = await this.#rest.get<{ data: RestMember[] }>(`${roomPath(name)}/participants`);
    return data.map(({ uid, status, join_time }) => ({
      person: this.#directory.person(uid),
      status: MEMBER[status] ?? 'left',
      ...(join_time > 0 && { joinedAt: new Date(join_time) }),
    }));
  }

  /** Comes in, or in again with a fresh ticket. Rejects with `invalid` when the room is over or full. */
  async join(name: string): Promise<RoomEntry> {
    const body = { room_name: name, uid: await this.#uid() };
    const { data } = await this.#rest.post<{ data: RestEntry }>('/api/v1/participants/join', body);
    return entryOf(data, data.creator ?? '');
  }

  async leave(name: string): Promise<void> {
    await this.#rest.post('/api/v1/participants/leave', { room_name: name, uid: await this.#uid() });
  }

  /** Ends it for everybody; its creator may. */
  async end(name: string): Promise<void> {
    await this.#rest.post(`${roomPath(name)}/end`);
  }

  async invite(name: string, uids: readonly string[]): Promise<void> {
    await this.#rest.post(`${roomPath(name)}/invite`, { uids });
  }

  /** Turns an invitation down. */
  async decline(name: string): Promise<void> {
    await this.#set(name, await this.#uid(), 'rejected');
  }

  /** Takes somebody out, who cannot come back with the ticket they have; its creator may. */
  async remove(name: string, uid: string): Promise<void> {
    await this.#set(name, uid, 'left');
  }

  async #set(name: string, uid: string, status: RoomMemberStatus): Promise<void> {
    const path = `${roomPath(name)}/participants/${encodeURIComponent(uid)}/status`;
    await this.#rest.put(path, { status: MEMBER.indexOf(status) });
  }
}

function infoOf(wire: RestRoom): RoomInfo {
  return {
    name: wire.room_name,
    creator: wire.creator,
    video: wire.call_type === 1,
    membersMayInvite: wire.invite_on === 1,
    status: ROOM[wire.status] ?? 'finished',
    ...(wire.max_participants !== undefined && { size: wire.max_participants }),
    createdAt: new Date(wire.created_at),
  };
}

function entryOf(wire: RestEntry, creator: string): RoomEntry {
  return {
    room: wire.room_name,
    url: wire.livekit_url,
    token: wire.token,
    creator,
    ...(wire.max_participants !== undefined && { size: wire.max_participants }),
  };
}
