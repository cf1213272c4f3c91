import { ClientInfo, ParticipantInfo_Kind } from '@livekit/protocol';
import type { FastifyRequest } from 'fastify';
import type { App } from '../../core/app.ts';
import { forbidden } from '../../core/errors.ts';
import type { MediaPrincipal } from '../../core/identity/principal.ts';
import type { JoinAsked, Wire } from '../../core/media/index.ts';
import { grantOf } from '../../core/media/index.ts';

export type Protocol = 'whip' | 'whep';

/** Somebody whose LiveKit token is for this room and lets them publish, or play. Throws `unauthenticated` or `forbidden`. */
export async function joinerOf(
  identity: App['identity'],
  token: string | undefined,
  protocol: Protocol,
  room: string,
): Promise<MediaPrincipal> {
  const principal = await identity.media(token);
  const grant = grantOf(principal.grants);
  if (principal.grants.roomJoin !== true || grant.room !== room || principal.identity === '') {
    throw forbidden('auth.forbidden');
  }
  if (protocol === 'whip' ? !grant.canPublish : !grant.canSubscribe) throw forbidden('auth.forbidden');
  return principal;
}

/** A publisher gets nothing and a player sends nothing, whatever else their tokens allow. */
export function joiningOf(
  principal: MediaPrincipal,
  protocol: Protocol,
  request: FastifyRequest,
): Omit<JoinAsked, keyof Wire> {
  const plays = protocol === 'whep';
  return {
    identity: principal.identity,
    name: principal.name,
    metadata: principal.metadata,
    attributes: principal.attributes,
    kind: plays ? ParticipantInfo_Kind.STANDARD : ParticipantInfo_Kind.INGRESS,
    grant: grantOf(principal.grants),
    only: plays ? 'subscribe' : 'publish',
    roomConfig: undefined,
    issuedAt: principal.issuedAt,
    renew: undefined,
    client: new ClientInfo({ address: request.ip, protocol: 16 }),
    autoSubscribe: plays,
    adaptiveStream: false,
    singlePeer: plays,
  };
}
