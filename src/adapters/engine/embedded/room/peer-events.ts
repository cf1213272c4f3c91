import { MediaSectionsRequirement, SessionDescription, TrickleRequest } from '@livekit/protocol';
import type { PeerEvents } from '../media/types.ts';
import type { RoomMember } from './member.ts';

/** What the media plane tells of a member's connections, each to the part that it is for. */
export function peerEvents(member: RoomMember, failed: (what: string, error: unknown) => void): PeerEvents {
  const { publishing, connection, room } = member;
  const guarded = (what: string, work: () => void) => {
    if (member.closed) return;
    try {
      work();
    } catch (error) {
      failed(`${what} of ${member.sid}`, error);
      room.fail(member);
    }
  };
  return {
    publishable: member.publishable,
    match: (offered) => (member.closed ? undefined : publishing.match(offered)),
    published: (accepted, mid, source) => {
      if (member.closed) return source.close();
      guarded('a published track', () => publishing.published(accepted, mid, source));
    },
    ended: (trackSid, mid) => guarded('a track that ends', () => publishing.ended(trackSid, mid)),
    offer: (sdp, id, midToTrackId) =>
      guarded('an offer', () =>
        member.send({
          case: 'offer',
          value: new SessionDescription({ type: 'offer', sdp, id, midToTrackId }),
        }),
      ),
    needs: (numAudios, numVideos) =>
      guarded('a need for sections', () =>
        member.send({
          case: 'mediaSectionsRequirement',
          value: new MediaSectionsRequirement({ numAudios, numVideos }),
        }),
      ),
    candidate: (target, candidate) =>
      guarded('a candidate', () =>
        member.send({
          case: 'trickle',
          value: new TrickleRequest({ candidateInit: JSON.stringify(candidate), target }),
        }),
      ),
    state: (target, state) => guarded('a connection', () => connection.state(target, state)),
    data: (label, payload, text) =>
      guarded('data', () => room.parts.data.received(member, label, payload, text)),
  };
}
