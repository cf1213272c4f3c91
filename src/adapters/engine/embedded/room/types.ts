import type {
  ClientInfo,
  DataTrackInfo,
  DisconnectReason,
  ParticipantInfo,
  ParticipantPermission,
  PerformRpcRequest,
  SignalRequest,
  SignalResponse,
  SubscriptionPermission,
  SyncState,
  TrackInfo,
  UpdateSubscription,
  UpdateTrackSettings,
} from '@livekit/protocol';
import type { RpcOutcome } from '../../../../ports/room-service.ts';
import type { AudioLevel } from '../media/measures.ts';
import type { Peer, Source } from '../media/types.ts';

/** What the parts of a room see of it and of each other. */
export interface RoomView {
  readonly sid: string;
  readonly name: string;
  members(): Iterable<Member>;
  byIdentity(identity: string): Member | undefined;
  bySid(sid: string): Member | undefined;
  track(sid: string): PublishedTrack | undefined;
}

/** One participant, whatever its client speaks. */
export interface Member {
  readonly sid: string;
  readonly identity: string;
  readonly hidden: boolean;
  readonly client: ClientInfo;
  readonly autoSubscribe: boolean;
  /** It wants every data track without asking; clients that say nothing ask for each. */
  readonly autoSubscribeDataTracks?: boolean;
  /** The client shows how much of a video it needs once it has one: it begins with the lowest layer. */
  readonly adaptiveStream: boolean;
  readonly permission: ParticipantPermission;
  /** Whether both the room and the media layer still have it. */
  readonly closed: boolean;
  /** ACTIVE: its first connection is up. */
  readonly active: boolean;
  readonly peer: Peer | undefined;
  readonly tracks: ReadonlyMap<string, PublishedTrack>;
  info(): ParticipantInfo;
  send(message: SignalResponse['message']): void;
  /** Its info changed: raises the version and tells whoever is to know. */
  touched(): void;
  /** Ends this member alone. */
  end(reason: DisconnectReason): void;
}

/** A track whose media has begun, or had. */
export interface PublishedTrack {
  readonly publisher: Member;
  /** Mutable in place by the publishing part alone. */
  readonly info: TrackInfo;
  /** By codec, the first one the main: `video/vp9` and its backup `video/vp8`. Empty until media begins. */
  readonly sources: ReadonlyMap<string, Source>;
}

/** Who gets which track, and how much of it: everything on the way down. One per room. */
export interface Subscriptions {
  /** The member's first connection is up, or it came back: subscribes it to what it should have. */
  activated(member: Member): void;
  published(track: PublishedTrack): void;
  /** A further codec of a track that is known. */
  sourceAdded(track: PublishedTrack, source: Source): void;
  unpublished(track: PublishedTrack): void;
  muted(track: PublishedTrack): void;
  left(member: Member): void;
  /** The rights of the member changed. */
  permitted(member: Member): void;
  /** The member's own wish, or an administrator's for it. */
  update(member: Member, asked: UpdateSubscription): void;
  settings(member: Member, asked: UpdateTrackSettings): void;
  /** The publisher says who may have its tracks. */
  permission(publisher: Member, asked: SubscriptionPermission): void;
  /** After a resume: what the client wants, as it says. */
  synced(member: Member, state: SyncState): void;
  /** Those who get at least one track of this publisher, and the other way round: for speakers and quality. */
  isSubscribed(member: Member, publisher: Member): boolean;
  subscribersOf(publisher: Member): Iterable<Member>;
  publishersOf(member: Member): Iterable<Member>;
  /** Whether the publisher lets the member have this track, data tracks too. */
  allows(publisher: Member, trackSid: string, member: Member): boolean;
  /** Layers that the member lacks of what it wants and others get, of its worst track; Infinity: one stands still. */
  shortfall(member: Member): number;
  /** Tells when a member gets the first track of a publisher, and when it has none of it any more. */
  watch(heard: (member: Member, publisher: Member, subscribed: boolean) => void): void;
  close(): void;
}

/** Who speaks: from the levels of the media plane to `speakers_changed`. */
export interface Speakers {
  levels(levels: readonly AudioLevel[]): void;
  unpublished(track: PublishedTrack): void;
  left(member: Member): void;
  /** The `speaker_update` scenario of `simulate`: the member speaks for so long. */
  simulated(member: Member, forS: number): void;
  close(): void;
}

/** Measures how well everybody is connected, and tells those who see it. */
export interface Quality {
  left(member: Member): void;
  close(): void;
}

/** Data packets, data tracks and blobs between members. One per room. */
export interface RoomData {
  /** From one of the member's data channels. */
  received(member: Member, label: string, payload: Buffer, text: boolean): void;
  /** The signal messages about data: data tracks, their subscriptions, blobs. */
  signalled(member: Member, message: DataSignal): void;
  activated(member: Member): void;
  permitted(member: Member): void;
  left(member: Member): void;
  /** The data tracks that the member publishes now, for its ParticipantInfo. */
  tracks(member: Member): readonly DataTrackInfo[];
  /** The last reliable sequence received of the member, for `reconnect.last_message_seq`. */
  lastSequence(member: Member): number;
  /** After a resume: replays what the client missed of others' reliable data, and takes up its data tracks. */
  synced(member: Member, state: SyncState): void;
  /** From the API (`SendData`): from nobody. */
  sendFromServer(data: ServerData): void;
  /** From the API (`PerformRpc`). */
  performRpc(member: Member, asked: PerformRpcRequest): Promise<RpcOutcome>;
  close(): void;
}

export interface ServerData {
  readonly payload: Uint8Array;
  readonly reliable: boolean;
  readonly topic: string | undefined;
  readonly toIdentities: readonly string[];
  readonly toSids: readonly string[];
  readonly nonce: Uint8Array;
}

export type DataSignal = Extract<
  SignalRequest['message'],
  {
    case:
      | 'publishDataTrackRequest'
      | 'unpublishDataTrackRequest'
      | 'updateDataSubscription'
      | 'storeDataBlobRequest'
      | 'getDataBlobRequest';
  }
>;
