import type {
  CreateRoomRequest,
  ListRoomsRequest,
  MuteRoomTrackRequest,
  ParticipantInfo,
  PerformRpcRequest,
  Room,
  RoomParticipantIdentity,
  RpcError,
  SendDataRequest,
  TrackInfo,
  UpdateParticipantRequest,
  UpdateRoomMetadataRequest,
  UpdateSubscriptionsRequest,
  WebhookEvent,
} from '@livekit/protocol';

/**
 * LiveKit's RoomService as a server does it, grants checked by whoever calls. Throws `not_found`
 * (`room.unknown`, `room.no_member`, `room.no_track`), `invalid` with the field, `unsupported`
 * (`room.remote_unmute`, `room.cloud_only`).
 */
export interface RoomService {
  createRoom(asked: CreateRoomRequest): Promise<Room>;
  listRooms(asked: ListRoomsRequest): Promise<Room[]>;
  deleteRoom(room: string): Promise<void>;
  listParticipants(room: string): Promise<ParticipantInfo[]>;
  getParticipant(room: string, identity: string): Promise<ParticipantInfo>;
  removeParticipant(asked: RoomParticipantIdentity): Promise<void>;
  mutePublishedTrack(asked: MuteRoomTrackRequest): Promise<TrackInfo>;
  updateParticipant(asked: UpdateParticipantRequest): Promise<ParticipantInfo>;
  updateSubscriptions(asked: UpdateSubscriptionsRequest): Promise<void>;
  sendData(asked: SendDataRequest): Promise<void>;
  updateRoomMetadata(asked: UpdateRoomMetadataRequest): Promise<Room>;
  /** Calls a method of a member's client, and waits for what it answers or for its time to be over. */
  performRpc(asked: PerformRpcRequest): Promise<RpcOutcome>;
  /** To the same server only: the member's session goes on in another room (`room_moved`). */
  moveParticipant(room: string, identity: string, destination: string): Promise<void>;
  /** LiveKit's webhook events, complete, in the order of each room. Answers how to stop listening. */
  listen(heard: (event: WebhookEvent) => void): () => void;
}

/** What a client's method came to; failures in LiveKit's own numbers and words. */
export type RpcOutcome = { readonly payload: string } | { readonly error: RpcError };
