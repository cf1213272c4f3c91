import { ParticipantPermission, TrackSource } from '@livekit/protocol';
import type { JoinAsked, MediaGrant } from '../../../../ports/media-join.ts';

const SOURCES: Readonly<Record<string, TrackSource>> = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

export function permissionOf(grant: MediaGrant): ParticipantPermission {
  return new ParticipantPermission({
    canPublish: grant.canPublish,
    canSubscribe: grant.canSubscribe,
    canPublishData: grant.canPublishData,
    canPublishSources: grant.canPublishSources.map((word) => SOURCES[word] ?? TrackSource.UNKNOWN),
    canUpdateMetadata: grant.canUpdateOwnMetadata,
    canSubscribeMetrics: grant.canSubscribeMetrics,
    hidden: grant.hidden,
    recorder: grant.recorder,
    agent: grant.agent,
  });
}

/** What is left of a permission to a member whose client goes one way only. */
export function within(only: JoinAsked['only'], permission: ParticipantPermission): ParticipantPermission {
  const left = permission.clone();
  if (only === 'publish') left.canSubscribe = false;
  if (only === 'subscribe') {
    left.canPublish = false;
    left.canPublishData = false;
  }
  return left;
}

/** The grant of a member's next token: what its permission says now, over what cannot change. */
export function grantNow(first: MediaGrant, now: ParticipantPermission): MediaGrant {
  const word = (source: TrackSource) => Object.keys(SOURCES).find((key) => SOURCES[key] === source) ?? '';
  return {
    ...first,
    canPublish: now.canPublish,
    canSubscribe: now.canSubscribe,
    canPublishData: now.canPublishData,
    canPublishSources: now.canPublishSources.map(word),
    canUpdateOwnMetadata: now.canUpdateMetadata,
    canSubscribeMetrics: now.canSubscribeMetrics,
    hidden: now.hidden,
    recorder: now.recorder,
    agent: now.agent,
  };
}

export const mayPublish = (permission: ParticipantPermission, source: TrackSource) =>
  permission.canPublish &&
  (permission.canPublishSources.length === 0 || permission.canPublishSources.includes(source));
