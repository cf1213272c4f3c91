import type { ClientInfo, ParticipantInfo_Kind, RoomConfiguration } from '@livekit/protocol';
import type { Wire } from './media-sessions.ts';

/** LiveKit's `video` grant with its defaults applied (reference: access token). */
export interface MediaGrant {
  readonly room: string;
  readonly roomAdmin: boolean;
  readonly roomCreate: boolean;
  readonly canPublish: boolean;
  readonly canSubscribe: boolean;
  readonly canPublishData: boolean;
  /** LiveKit's words (`camera`, ...); empty is all. */
  readonly canPublishSources: readonly string[];
  readonly canUpdateOwnMetadata: boolean;
  readonly canSubscribeMetrics: boolean;
  readonly hidden: boolean;
  readonly recorder: boolean;
  readonly agent: boolean;
}

export interface JoinAsked extends Wire {
  readonly identity: string;
  /** Whom the token names, where `identity` is a further connection of theirs: what removes them removes it. */
  readonly signedFor?: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly kind: ParticipantInfo_Kind;
  readonly grant: MediaGrant;
  readonly roomConfig: RoomConfiguration | undefined;
  /** When the token was issued, in milliseconds; 0 if it does not say. */
  readonly issuedAt: number;
  /** Makes a token with these rights now, for `refresh_token`; undefined where the wire has none. */
  readonly renew: ((now: RenewAsked) => Promise<string>) | undefined;
  readonly client: ClientInfo;
  readonly autoSubscribe: boolean;
  /** `auto_subscribe_data_track`; absent is false. */
  readonly autoSubscribeDataTracks?: boolean;
  readonly adaptiveStream: boolean;
  /**
   * A client of plain WebRTC: nothing is offered to it before there is something to send, and
   * whichever of its connections is up first brings it in.
   */
  readonly offersLate?: boolean;
  /** Its client goes one way: whatever it is permitted, at the join or later, it does nothing else. */
  readonly only?: 'publish' | 'subscribe';
  /** One peer connection, on which the client offers (`/rtc/v1`); needs `mapsNumbers`. */
  readonly singlePeer: boolean;
}

/** What a member may and is called now: it may have changed since its token. */
export interface RenewAsked {
  readonly identity: string;
  readonly name: string;
  readonly metadata: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly grant: MediaGrant;
}
