import {
  CreateRoomRequest,
  DataPacket_Kind,
  ListRoomsRequest,
  MuteRoomTrackRequest,
  RoomParticipantIdentity,
  SendDataRequest,
  UpdateParticipantRequest,
} from '@livekit/protocol';
import { ParleyError } from '../../core/errors.ts';
import { newId } from '../../core/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EngineFacts, MediaEngine, Ticket } from '../../ports/media-engine.ts';
import type { EngineEvent } from '../../ports/media-event.ts';
import type {
  MemberRights,
  MemberSpec,
  MemberState,
  RoomData,
  RoomSpec,
  RoomState,
} from '../../ports/media-room.ts';
import type { MemberStats } from '../../ports/media-stats.ts';
import type { RoomService } from '../../ports/room-service.ts';
import type { TokenCodec } from '../../ports/tokens.ts';
import { engineEvent, grantOf, memberState, permissionOf, roomState } from './words.ts';

export interface RoomEngineParts {
  readonly facts: EngineFacts;
  /** In this process, or a LiveKit cluster's. */
  readonly service: RoomService;
  /** Null: this server. */
  readonly url: string | null;
  readonly key: string;
  readonly secret: string;
  readonly codec: TokenCodec;
  readonly clock: Clock;
  /** A ticket is about to be handed out. */
  readonly issued: (room: string, identity: string, ttlS: number) => Promise<void>;
  /** Somebody is about to be removed. */
  readonly removed: (room: string, identity: string) => Promise<void>;
  readonly stats: (room: string) => Promise<MemberStats[]>;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The port over LiveKit's RoomService: the embedded engine and the cluster differ in who serves it. */
export class RoomEngine implements MediaEngine {
  readonly facts: EngineFacts;
  readonly #parts: RoomEngineParts;

  constructor(parts: RoomEngineParts) {
    this.facts = parts.facts;
    this.#parts = parts;
  }

  async ticket(room: string, member: MemberSpec): Promise<Ticket> {
    const { codec, clock, key, secret, url } = this.#parts;
    await this.#parts.issued(room, member.identity, member.ttlS);
    const now = clock.now();
    const token = await codec.sign(
      {
        iss: key,
        sub: member.identity,
        name: member.name,
        jti: newId('tkt', now),
        // To the millisecond: a removal makes void what was issued before it, and nothing after.
        iat: now / 1000,
        exp: Math.ceil(now / 1000) + member.ttlS,
        video: grantOf(room, member.rights),
      },
      secret,
    );
    return { url, token };
  }

  async openRoom(spec: RoomSpec): Promise<void> {
    await this.#parts.service.createRoom(
      new CreateRoomRequest({
        name: spec.name,
        maxParticipants: spec.maxMembers,
        emptyTimeout: spec.emptyTimeoutS,
        departureTimeout: spec.departureTimeoutS,
        metadata: spec.metadata ?? '',
      }),
    );
  }

  async closeRoom(name: string): Promise<void> {
    await unlessGone(this.#parts.service.deleteRoom(name), undefined);
  }

  async rooms(names: readonly string[] = []): Promise<RoomState[]> {
    const rooms = await this.#parts.service.listRooms(new ListRoomsRequest({ names: [...names] }));
    return rooms.map(roomState);
  }

  async members(room: string): Promise<MemberState[]> {
    return (await unlessGone(this.#parts.service.listParticipants(room), [])).map(memberState);
  }

  async removeMember(room: string, identity: string): Promise<void> {
    await this.#parts.removed(room, identity);
    // Without a second of its own: tokens of before this very moment are void, and none of after it.
    const asked = new RoomParticipantIdentity({ room, identity });
    await unlessGone(this.#parts.service.removeParticipant(asked), undefined);
  }

  async permit(room: string, identity: string, rights: MemberRights): Promise<void> {
    const permission = permissionOf(rights);
    await this.#parts.service.updateParticipant(new UpdateParticipantRequest({ room, identity, permission }));
  }

  async mute(room: string, identity: string, trackSid: string, muted: boolean): Promise<void> {
    const asked = new MuteRoomTrackRequest({ room, identity, trackSid, muted });
    await this.#parts.service.mutePublishedTrack(asked);
  }

  async sendData(room: string, data: RoomData): Promise<void> {
    await this.#parts.service.sendData(
      new SendDataRequest({
        room,
        data: data.payload as Uint8Array<ArrayBuffer>,
        topic: data.topic,
        kind: DataPacket_Kind.RELIABLE,
        destinationIdentities: [...(data.to ?? [])],
      }),
    );
  }

  stats(room: string): Promise<MemberStats[]> {
    return this.#parts.stats(room);
  }

  listen(heard: (event: EngineEvent) => void): () => void {
    return this.#parts.service.listen((event) => {
      const known = engineEvent(event);
      if (known) heard(known);
    });
  }

  ping(): Promise<void> {
    return this.#parts.ping();
  }

  close(): Promise<void> {
    return this.#parts.close();
  }
}

/** A room or member that is gone already is what was wanted. */
async function unlessGone<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ParleyError && error.code === 'not_found') return otherwise;
    throw error;
  }
}
