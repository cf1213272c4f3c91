import type { SubscriptionPermission } from '@livekit/protocol';
import type { Member } from '../types.ts';

type Tracks = 'all' | ReadonlySet<string>;

/** Whom one publisher lets have its tracks, as it last said; everybody until it says otherwise. */
export class Grants {
  #byIdentity: Map<string, Tracks> | undefined;
  #bySid = new Map<string, Tracks>();

  /** False when nothing changes: clients say after every join that everybody may. */
  set(asked: SubscriptionPermission): boolean {
    if (asked.allParticipants) {
      const changed = this.#byIdentity !== undefined;
      this.#byIdentity = undefined;
      this.#bySid.clear();
      return changed;
    }
    // Like LiveKit: what names nobody changes nothing at all.
    if (asked.trackPermissions.some((one) => one.participantIdentity === '' && one.participantSid === ''))
      return false;
    this.#byIdentity = new Map();
    this.#bySid = new Map();
    for (const one of asked.trackPermissions) {
      const tracks = one.allTracks ? 'all' : new Set(one.trackSids);
      if (one.participantIdentity !== '') this.#byIdentity.set(one.participantIdentity, tracks);
      else this.#bySid.set(one.participantSid, tracks);
    }
    return true;
  }

  allows(member: Member, trackSid: string): boolean {
    if (this.#byIdentity === undefined) return true;
    const tracks = this.#byIdentity.get(member.identity) ?? this.#bySid.get(member.sid);
    return tracks === 'all' || (tracks?.has(trackSid) ?? false);
  }
}
