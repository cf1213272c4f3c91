import type { SignalRequest } from '@livekit/protocol';
import { ParticipantInfo_Kind, RoomConfiguration } from '@livekit/protocol';
import type { App } from '../../core/app.ts';
import type { MediaPrincipal } from '../../core/identity/principal.ts';
import type { JoinAsked, MediaGrant, RenewAsked, Wire } from '../../core/media/index.ts';
import { grantOf, grantsFrom } from '../../core/media/index.ts';
import type { Origin } from './client-info.ts';
import { joinRequest } from './join-request.ts';
import type { JoinSaid } from './query.ts';
import { joinQuery, merged } from './query.ts';
import { DENIED, Refusal } from './refusal.ts';

/** LiveKit's own limits, in bytes of UTF-8. */
const GREATEST_NAME = 256;

/** A token that a session is handed on the way is good for this long at least. */
const RENEWED_MS = 10 * 60_000;

/** A join, complete but for the wire that it goes over. */
export type Joining = Omit<JoinAsked, keyof Wire>;

export interface Asking {
  readonly joining: Joining;
  /** Somebody comes back to a session, `sid` if it is known which. */
  readonly resume: { readonly sid: string } | undefined;
  /** What it has sent along with the join, for the session when it is there. */
  readonly first: readonly SignalRequest['message'][];
}

/** Which of LiveKit's protocols is spoken, and whether a query that makes no sense is forgiven. */
export interface Manner {
  /** `/rtc/v1`: a join request is a must. */
  readonly newer: boolean;
  /** The engine serves clients with a single peer connection. */
  readonly singlePeer: boolean;
  readonly strict: boolean;
}

/** From the token and the query to what the engine is asked. Throws a `Refusal`. */
export function askedBy(
  app: Pick<App, 'identity' | 'clock'>,
  principal: MediaPrincipal,
  query: URLSearchParams,
  origin: Origin,
  manner: Manner,
): Asking {
  const said = saidIn(query, origin, manner);
  const grant = published(grantOf(principal.grants), said.publish);
  const identity = said.publish === '' ? principal.identity : `${principal.identity}#${said.publish}`;
  checkNames(principal, identity, grant);
  return {
    joining: {
      identity,
      ...(said.publish === '' ? {} : { signedFor: principal.identity }),
      name: principal.name,
      metadata: metadataOf(principal, said, grant),
      attributes: merged(principal.attributes, said.attributes, grant.canUpdateOwnMetadata),
      kind: kindOf(principal.memberKind),
      grant,
      roomConfig: roomConfig(principal.roomConfig),
      issuedAt: principal.issuedAt,
      renew: (now) => renew(app, principal, now),
      client: said.client,
      autoSubscribe: said.autoSubscribe,
      autoSubscribeDataTracks: said.autoSubscribeDataTracks,
      adaptiveStream: said.adaptiveStream,
      singlePeer: said.singlePeer,
    },
    resume: said.reconnect ? { sid: said.sid } : undefined,
    first: said.first,
  };
}

/** Clients with a single peer connection fall back to two on a 404, if they can. */
function saidIn(query: URLSearchParams, origin: Origin, manner: Manner): JoinSaid {
  const request = query.get('join_request') ?? '';
  if ((manner.newer || request !== '') && !manner.singlePeer) throw new Refusal(404, 'not found');
  if (manner.newer && request === '') throw new Refusal(400, 'join_request is required');
  return request === '' ? joinQuery(query, origin, manner.strict) : joinRequest(request, origin);
}

function metadataOf(principal: MediaPrincipal, said: JoinSaid, grant: MediaGrant): string {
  if (said.metadata === '') return principal.metadata;
  if (!grant.canUpdateOwnMetadata) throw new Refusal(401, DENIED);
  return said.metadata;
}

function checkNames(principal: MediaPrincipal, identity: string, grant: MediaGrant): void {
  if (principal.identity === '') throw new Refusal(400, 'identity cannot be empty');
  if (Buffer.byteLength(identity) > GREATEST_NAME) {
    throw new Refusal(400, `participant identity length exceeds limits: max length ${GREATEST_NAME}`);
  }
  if (grant.room === '') throw new Refusal(400, 'no room name');
  if (Buffer.byteLength(grant.room) > GREATEST_NAME) {
    throw new Refusal(400, `room name length exceeds limits: max length ${GREATEST_NAME}`);
  }
}

function published(grant: MediaGrant, publish: string): MediaGrant {
  if (publish === '') return grant;
  if (!grant.canPublish) throw new Refusal(401, DENIED);
  return { ...grant, canSubscribe: false };
}

function kindOf(word: string): ParticipantInfo_Kind {
  const kinds = ParticipantInfo_Kind as unknown as Readonly<Record<string, ParticipantInfo_Kind>>;
  const kind = kinds[word.toUpperCase()];
  return typeof kind === 'number' ? kind : ParticipantInfo_Kind.STANDARD;
}

function roomConfig(json: MediaPrincipal['roomConfig']): RoomConfiguration | undefined {
  if (json === undefined) return undefined;
  try {
    return RoomConfiguration.fromJson(json as Parameters<typeof RoomConfiguration.fromJson>[0], {
      ignoreUnknownFields: true,
    });
  } catch {
    throw new Refusal(401, 'invalid token: room configuration');
  }
}

/** A token with what its bearer may and is called now, at least as long good as the first one. */
function renew(
  app: Pick<App, 'identity' | 'clock'>,
  principal: MediaPrincipal,
  now: RenewAsked,
): Promise<string> {
  const at = app.clock.now();
  return app.identity.signMedia(principal.key, {
    sub: now.identity,
    iat: at / 1000,
    nbf: Math.floor(at / 1000),
    exp: Math.ceil(Math.max(principal.expiresAt, at + RENEWED_MS) / 1000),
    name: now.name,
    metadata: now.metadata,
    attributes: now.attributes,
    kind: principal.memberKind,
    video: grantsFrom(principal.grants, now.grant),
    ...(principal.roomConfig === undefined ? {} : { roomConfig: principal.roomConfig }),
  });
}
