import type { MediaGrant } from '../../ports/media-join.ts';

/** LiveKit's `video` grant as a token says it: `true` is true and nothing else is. */
export type Grants = Readonly<Record<string, unknown>>;

/** The grant with LiveKit's defaults: who is told nothing may publish, subscribe and send data. */
export function grantOf(grants: Grants): MediaGrant {
  const canPublish = grants.canPublish !== false;
  const sources = grants.canPublishSources;
  return {
    room: textOf(grants.room),
    roomAdmin: grants.roomAdmin === true,
    roomCreate: grants.roomCreate === true,
    canPublish,
    canSubscribe: grants.canSubscribe !== false,
    canPublishData: typeof grants.canPublishData === 'boolean' ? grants.canPublishData : canPublish,
    canPublishSources: Array.isArray(sources) ? sources.filter((source) => typeof source === 'string') : [],
    canUpdateOwnMetadata: grants.canUpdateOwnMetadata === true,
    canSubscribeMetrics: grants.canSubscribeMetrics === true,
    hidden: grants.hidden === true,
    recorder: grants.recorder === true,
    agent: grants.agent === true,
  };
}

/** The grant as a token says it again; what the room knows nothing of stays as it was signed. */
export const grantsFrom = (signed: Grants, now: MediaGrant): Grants => ({
  ...signed,
  ...now,
  roomJoin: true,
});

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
