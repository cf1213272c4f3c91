import {
  type SubscriptionError,
  SubscriptionPermissionUpdate,
  SubscriptionResponse,
  TrackSubscribed,
} from '@livekit/protocol';
import type { Member, PublishedTrack } from '../types.ts';

/** The publisher lets the member have the track, or no longer does. */
export function tellAllowed(member: Member, track: PublishedTrack, allowed: boolean): void {
  const value = new SubscriptionPermissionUpdate({
    participantSid: track.publisher.sid,
    trackSid: track.info.sid,
    allowed,
  });
  member.send({ case: 'subscriptionPermissionUpdate', value });
}

/** A subscription cannot be served. */
export function tellError(member: Member, trackSid: string, err: SubscriptionError): void {
  member.send({ case: 'subscriptionResponse', value: new SubscriptionResponse({ trackSid, err }) });
}

/** The first of all that ever get the track does. */
export function tellSubscribed(track: PublishedTrack): void {
  const value = new TrackSubscribed({ trackSid: track.info.sid });
  track.publisher.send({ case: 'trackSubscribed', value });
}
