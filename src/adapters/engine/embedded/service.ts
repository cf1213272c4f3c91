import {
  LeaveRequest_Action as Action,
  type CreateRoomRequest,
  DataPacket_Kind,
  DisconnectReason,
  type ListRoomsRequest,
  type MuteRoomTrackRequest,
  type ParticipantInfo,
  type PerformRpcRequest,
  type Room,
  RoomEndReason,
  type RoomParticipantIdentity,
  type SendDataRequest,
  type TrackInfo,
  type UpdateParticipantRequest,
  type UpdateRoomMetadataRequest,
  UpdateSubscription,
  type UpdateSubscriptionsRequest,
  type WebhookEvent,
} from '@livekit/protocol';
import { invalid, notFound, ParleyError } from '../../../core/errors.ts';
import type { RoomService, RpcOutcome } from '../../../ports/room-service.ts';
import { bytes, LIMITS } from './limits.ts';
import type { RoomMember } from './room/member.ts';
import { beyondLimits, rename } from './room/metadata.ts';
import type { LiveRoom } from './room/room.ts';
import type { EmbeddedRooms } from './rooms.ts';

const NONCE_BYTES = 16;

/** LiveKit's RoomService over the rooms of this process. */
export class EmbeddedService implements RoomService {
  readonly #rooms: EmbeddedRooms;

  constructor(rooms: EmbeddedRooms) {
    this.#rooms = rooms;
  }

  async createRoom(asked: CreateRoomRequest): Promise<Room> {
    if (asked.name === '' || bytes(asked.name) > LIMITS.nameBytes) throw invalid('name');
    if (bytes(asked.metadata) > LIMITS.metadataBytes) throw invalid('metadata');
    const { name, metadata, maxParticipants, emptyTimeout, departureTimeout } = asked;
    const settings = { name, metadata, maxParticipants };
    return this.#rooms
      .open({ ...settings, emptyTimeoutS: emptyTimeout, departureTimeoutS: departureTimeout })
      .proto();
  }

  async listRooms({ names }: ListRoomsRequest): Promise<Room[]> {
    const rooms = names.length === 0 ? this.#rooms.all() : names.map((name) => this.#rooms.get(name));
    return [...new Set(rooms)].flatMap((room) => (room ? [room.proto()] : []));
  }

  async deleteRoom(name: string): Promise<void> {
    await this.#rooms.end(this.#room(name), DisconnectReason.ROOM_DELETED, RoomEndReason.ROOM_END_API_DELETE);
  }

  /** Nobody in a room that is not there, as LiveKit has it. */
  async listParticipants(name: string): Promise<ParticipantInfo[]> {
    const room = this.#rooms.get(name);
    return room ? [...room.members()].map((member) => member.info()) : [];
  }

  async getParticipant(room: string, identity: string): Promise<ParticipantInfo> {
    return this.#member(room, identity).info();
  }

  async removeParticipant(asked: RoomParticipantIdentity): Promise<void> {
    const { room, identity, revokeTokenTs } = asked;
    const now = this.#rooms.options.clock.now();
    const there = this.#connectionsOf(room, identity);
    if (there.length === 0) throw notFound('room.no_member');
    const until = revokeTokenTs > 0n ? secondsToMs(revokeTokenTs) : justAfter(there, now);
    // First the tokens: a client that comes back at once finds them void, and is given no new one meanwhile.
    for (const member of there) member.renews = false;
    try {
      await this.#rooms.voidTokens(room, identity, until);
    } finally {
      for (const member of there) member.renews = true;
    }
    // Whoever is there now: it may have begun anew meanwhile.
    for (const member of this.#connectionsOf(room, identity)) {
      member.room.remove(member, { reason: DisconnectReason.PARTICIPANT_REMOVED, leave: Action.DISCONNECT });
    }
  }

  async mutePublishedTrack(asked: MuteRoomTrackRequest): Promise<TrackInfo> {
    const { publishing } = this.#member(asked.room, asked.identity);
    if (!publishing.knows(asked.trackSid)) throw notFound('room.no_track');
    if (!asked.muted) throw new ParleyError('unsupported', 'room.remote_unmute');
    const track = publishing.mute(asked.trackSid, asked.muted, true);
    if (!track) throw notFound('room.no_track');
    return track.clone();
  }

  async updateParticipant(asked: UpdateParticipantRequest): Promise<ParticipantInfo> {
    const member = this.#member(asked.room, asked.identity);
    const beyond = beyondLimits(member, asked);
    if (beyond) throw invalid(beyond);
    rename(member, asked);
    if (asked.permission) member.room.permit(member, asked.permission);
    return member.info();
  }

  async updateSubscriptions(asked: UpdateSubscriptionsRequest): Promise<void> {
    const member = this.#member(asked.room, asked.identity);
    const { trackSids, subscribe, participantTracks } = asked;
    const wish = new UpdateSubscription({ trackSids, subscribe, participantTracks });
    member.room.parts.subscriptions.update(member, wish);
  }

  async sendData(asked: SendDataRequest): Promise<void> {
    const room = this.#room(asked.room);
    if (asked.nonce.length !== 0 && asked.nonce.length !== NONCE_BYTES) throw invalid('nonce');
    room.parts.data.sendFromServer({
      payload: asked.data,
      reliable: asked.kind === DataPacket_Kind.RELIABLE,
      topic: asked.topic,
      toIdentities: asked.destinationIdentities,
      toSids: asked.destinationSids,
      nonce: asked.nonce,
    });
  }

  async updateRoomMetadata(asked: UpdateRoomMetadataRequest): Promise<Room> {
    if (bytes(asked.metadata) > LIMITS.metadataBytes) throw invalid('metadata');
    const room = this.#room(asked.room);
    room.setMetadata(asked.metadata);
    return room.proto();
  }

  async performRpc(asked: PerformRpcRequest): Promise<RpcOutcome> {
    const member = this.#member(asked.room, asked.destinationIdentity);
    return member.room.parts.data.performRpc(member, asked);
  }

  /** Open LiveKit refuses it as well: only its cloud moves participants. */
  async moveParticipant(): Promise<void> {
    throw new ParleyError('unsupported', 'room.cloud_only');
  }

  listen(heard: (event: WebhookEvent) => void): () => void {
    return this.#rooms.journal.listen(heard);
  }

  #room(name: string): LiveRoom {
    const room = this.#rooms.get(name);
    if (!room) throw notFound('room.unknown');
    return room;
  }

  /** Under their own name, and those that they have beside it. */
  #connectionsOf(room: string, identity: string): RoomMember[] {
    const members = [...(this.#rooms.get(room)?.members() ?? [])];
    return members.filter((member) => member.identity === identity || member.signedFor === identity);
  }

  #member(room: string, identity: string): RoomMember {
    const member = this.#rooms.get(room)?.byIdentity(identity);
    if (!member) throw notFound('room.no_member');
    return member;
  }
}

/** Tokens that were handed out in this very millisecond are of before, too. */
const justAfter = (members: readonly RoomMember[], now: number): number =>
  Math.max(now, ...members.filter(({ renew }) => renew).map(({ renewedAt }) => renewedAt + 1));

const secondsToMs = (seconds: bigint): number => Math.min(Number(seconds) * 1000, Number.MAX_SAFE_INTEGER);
