import type { ParticipantInfo, Room, TrackInfo, WebhookEvent } from '@livekit/protocol';
import { DisconnectReason, ParticipantPermission, TrackSource, TrackType } from '@livekit/protocol';
import type { EngineEvent, LeaveReason } from '../../ports/media-event.ts';
import type {
  MemberRights,
  MemberState,
  RoomState,
  TrackSourceName,
  TrackState,
} from '../../ports/media-room.ts';

/** LiveKit's messages in the core's words and back; both engines speak them. */

const SOURCES: Readonly<Record<TrackSourceName, TrackSource>> = {
  unknown: TrackSource.UNKNOWN,
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

const sourceName = (source: TrackSource): TrackSourceName =>
  (Object.keys(SOURCES) as TrackSourceName[]).find((name) => SOURCES[name] === source) ?? 'unknown';

/** The `video` grant of a ticket. */
export function grantOf(room: string, rights: MemberRights): Record<string, unknown> {
  return {
    room,
    roomJoin: true,
    canPublish: rights.publish,
    canSubscribe: rights.subscribe,
    canPublishData: rights.data,
    // A raised hand is an attribute of oneself.
    canUpdateOwnMetadata: true,
    ...(rights.sources ? { canPublishSources: rights.sources } : {}),
    ...(rights.admin ? { roomAdmin: true } : {}),
    ...(rights.hidden ? { hidden: true } : {}),
  };
}

export function permissionOf(rights: MemberRights): ParticipantPermission {
  return new ParticipantPermission({
    canPublish: rights.publish,
    canSubscribe: rights.subscribe,
    canPublishData: rights.data,
    canUpdateMetadata: true,
    canPublishSources: (rights.sources ?? []).map((name) => SOURCES[name]),
    hidden: rights.hidden ?? false,
  });
}

export function trackState(track: TrackInfo): TrackState {
  return {
    sid: track.sid,
    kind: track.type === TrackType.AUDIO ? 'audio' : 'video',
    source: sourceName(track.source),
    muted: track.muted,
  };
}

export function memberState(info: ParticipantInfo): MemberState {
  return {
    sid: info.sid,
    identity: info.identity,
    name: info.name,
    joinedAt: Number(info.joinedAtMs) || Number(info.joinedAt) * 1000,
    tracks: info.tracks.map(trackState),
  };
}

export function roomState(room: Room): RoomState {
  return {
    sid: room.sid,
    name: room.name,
    createdAt: Number(room.creationTimeMs) || Number(room.creationTime) * 1000,
    memberCount: room.numParticipants,
  };
}

const LEFT: Partial<Record<DisconnectReason, LeaveReason>> = {
  [DisconnectReason.CLIENT_INITIATED]: 'left',
  [DisconnectReason.DUPLICATE_IDENTITY]: 'duplicate',
  [DisconnectReason.PARTICIPANT_REMOVED]: 'removed',
  [DisconnectReason.ROOM_DELETED]: 'room_closed',
  [DisconnectReason.ROOM_CLOSED]: 'room_closed',
};

/** Undefined for LiveKit's events that the core has no use for. */
export function engineEvent(event: WebhookEvent): EngineEvent | undefined {
  const about = {
    id: event.id,
    at: Number(event.createdAt) * 1000,
    room: event.room?.name ?? '',
    roomSid: event.room?.sid ?? '',
  };
  const who = { identity: event.participant?.identity ?? '', memberSid: event.participant?.sid ?? '' };
  switch (event.event) {
    case 'room_started':
    case 'room_finished':
      return { ...about, type: event.event };
    case 'participant_joined':
      return { ...about, ...who, type: 'member_joined' };
    case 'participant_left':
    case 'participant_connection_aborted': {
      const why = event.participant?.disconnectReason ?? DisconnectReason.UNKNOWN_REASON;
      return { ...about, ...who, type: 'member_left', reason: LEFT[why] ?? 'lost' };
    }
    case 'track_published':
    case 'track_unpublished':
      return event.track
        ? { ...about, ...who, type: event.event, track: trackState(event.track) }
        : undefined;
    default:
      return undefined;
  }
}
