import { ClientInfo, ParticipantInfo_Kind } from '@livekit/protocol';
import type { App } from '../../../core/app.ts';
import { ParleyError } from '../../../core/errors.ts';
import type { MediaSession, MediaSessions, Wire } from '../../../core/media/index.ts';
import { grantOf } from '../../../core/media/index.ts';
import { roomOf } from '../../../core/meetings/index.ts';
import type { SignalingSocket } from '../socket.ts';
import type { LinkParts } from './link.ts';

/** LiveKit's protocol as it is translated here. */
const PROTOCOL = 16;
/** Whose identity is whose changes never; what is kept of it stays small. */
const GREATEST_KNOWN = 10_000;

type Asker = Pick<SignalingSocket, 'principal' | 'address' | 'meetingId'>;

/** The ways of one person's media into a meeting's room: by a ticket of this moment, like LiveKit's clients. */
export function waysOf(app: App, media: MediaSessions, asker: Asker, failed: LinkParts['failed']): LinkParts {
  const { principal, address, meetingId } = asker;
  return {
    async enter(wire: Wire): Promise<MediaSession> {
      const { identity, name, metadata, attributes, grants, issuedAt } = await ticketFor(app, asker);
      return media.join({
        identity,
        name,
        metadata,
        attributes,
        kind: ParticipantInfo_Kind.STANDARD,
        grant: grantOf(grants),
        roomConfig: undefined,
        issuedAt,
        renew: undefined,
        client: new ClientInfo({ address, protocol: PROTOCOL }),
        autoSubscribe: true,
        adaptiveStream: false,
        singlePeer: false,
        offersLate: true,
        ...wire,
      });
    },
    resume: (sid, wire) => {
      const { uid: identity } = principal.user;
      const issuedAt = app.clock.now();
      return media.resume({ room: roomOf(meetingId), identity, sid, issuedAt, ...wire });
    },
    userId: (identity) => userIdOf(app, identity),
    failed,
  };
}

async function ticketFor(app: App, { principal, meetingId }: Asker) {
  const ticket = await app.meetings.media({ principal, device: null }, meetingId);
  if (!ticket) throw new ParleyError('conflict', 'signaling.not_joined');
  return app.identity.media(ticket.token);
}

const known = new WeakMap<App, Map<string, number>>();

async function userIdOf(app: App, identity: string): Promise<number | null> {
  const ids = known.get(app) ?? new Map<string, number>();
  known.set(app, ids);
  const id = ids.get(identity) ?? (await app.store.read.users.byUid(identity))?.id;
  if (id === undefined) return null;
  if (ids.size >= GREATEST_KNOWN) ids.clear();
  ids.set(identity, id);
  return id;
}
