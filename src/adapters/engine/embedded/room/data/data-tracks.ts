import {
  DataTrackSubscriberHandles,
  DataTrackSubscriberHandles_PublishedDataTrack,
  type PublishDataTrackRequest,
  SubscriptionPermissionUpdate,
  type UnpublishDataTrackRequest,
  type UpdateDataSubscription,
} from '@livekit/protocol';
import { LIMITS } from '../../limits.ts';
import type { Member, RoomView, Subscriptions } from '../types.ts';
import { Handles } from './handles.ts';
import { type DataTrack, PublishedTracks } from './published-tracks.ts';
import { handleOf, withHandle } from './track-packet.ts';

const LABEL = '_data_track';
/** Wishes of one member for tracks, most of which need not exist. */
const WISHES_AT_MOST = 2000;
/** Publishers may change at any time whom they let have a track. */
const CHECKED_MS = 500;

interface Downs {
  /** Handle of the member by the track's sid. */
  readonly handles: Handles;
  /** What it asked for, or asked to be without. */
  readonly wishes: Map<string, boolean>;
  /** Wanted, and not allowed. */
  readonly denied: Set<string>;
}

/** Data tracks: who publishes which, who gets them, and their packets on the way. */
export class DataTracks {
  readonly published = new PublishedTracks();
  readonly #room: RoomView;
  readonly #subscriptions: Pick<Subscriptions, 'allows'>;
  readonly #now: () => number;
  readonly #downs = new Map<Member, Downs>();
  readonly #receivers = new Map<DataTrack, Map<Member, number>>();
  #checkedAt = 0;

  constructor(room: RoomView, subscriptions: Pick<Subscriptions, 'allows'>, now: () => number) {
    this.#room = room;
    this.#subscriptions = subscriptions;
    this.#now = now;
  }

  publish(publisher: Member, asked: PublishDataTrackRequest): void {
    const track = this.published.publish(publisher, asked);
    if (!track) return;
    this.#receivers.set(track, new Map());
    // Whoever gets a handle is to know the track already.
    publisher.touched();
    for (const member of this.#room.members()) if (this.#consider(member, track)) this.#tell(member);
  }

  unpublish(publisher: Member, asked: UnpublishDataTrackRequest): void {
    const track = this.published.unpublish(publisher, asked);
    if (!track) return;
    this.#ended([track]);
    publisher.touched();
  }

  update(member: Member, { updates }: UpdateDataSubscription): void {
    const downs = this.#of(member);
    let changed = false;
    for (const { trackSid, subscribe } of updates) {
      if (trackSid.length > LIMITS.sidLength) continue;
      if (downs.wishes.size >= WISHES_AT_MOST && !downs.wishes.has(trackSid)) continue;
      downs.wishes.set(trackSid, subscribe);
      const track = this.published.bySid(trackSid);
      if (track && this.#consider(member, track)) changed = true;
    }
    if (changed) this.#tell(member);
  }

  activated(member: Member): void {
    this.#reconsider(member);
  }

  permitted(member: Member): void {
    if (!member.permission.canPublishData) this.#ended(this.published.remove(member));
    this.#reconsider(member);
    // It may be hidden now, or no longer.
    if (this.published.of(member).length > 0) {
      for (const other of this.#room.members()) if (other !== member) this.#reconsider(other);
    }
  }

  /** It is back: what it has may have been told it while it could not hear. */
  synced(member: Member): void {
    this.#reconsider(member);
    if (this.#downs.get(member)?.handles.size) this.#tell(member);
  }

  left(member: Member): void {
    this.#ended(this.published.remove(member));
    for (const [sid] of this.#downs.get(member)?.handles.entries() ?? []) {
      const track = this.published.bySid(sid);
      if (track) this.#receivers.get(track)?.delete(member);
    }
    this.#downs.delete(member);
  }

  packet(publisher: Member, packet: Buffer): void {
    const handle = handleOf(packet);
    const track = handle === undefined ? undefined : this.published.byHandle(publisher, handle);
    if (!track) return;
    this.#check();
    for (const [member, own] of this.#receivers.get(track) ?? []) {
      if (member.active) member.peer?.subscriber.data.send(LABEL, withHandle(packet, own));
    }
  }

  /** Now and then while packets flow: publishers say to others whom they let have what. */
  #check(): void {
    const now = this.#now();
    if (now - this.#checkedAt < CHECKED_MS) return;
    this.#checkedAt = now;
    for (const member of this.#room.members()) this.#reconsider(member);
  }

  #reconsider(member: Member): void {
    let changed = false;
    for (const track of this.published.all()) if (this.#consider(member, track)) changed = true;
    if (changed) this.#tell(member);
  }

  /** Whether what the member gets has changed. */
  #consider(member: Member, track: DataTrack): boolean {
    if (member === track.publisher || !member.active || member.closed) return false;
    const { sid } = track.info;
    const downs = this.#of(member);
    const gets = this.#wants(member, downs, track) && this.#allowed(member, downs, track);
    if (gets === downs.handles.has(sid)) return false;
    if (gets) {
      const handle = downs.handles.take(sid);
      if (handle === undefined) return false;
      this.#receivers.get(track)?.set(member, handle);
    } else {
      downs.handles.free(sid);
      this.#receivers.get(track)?.delete(member);
    }
    return true;
  }

  #wants(member: Member, { wishes }: Downs, { publisher, info }: DataTrack): boolean {
    // Whoever got one of somebody hidden would be told of them.
    if (!member.permission.canSubscribe || publisher.hidden) return false;
    return wishes.get(info.sid) ?? member.autoSubscribeDataTracks ?? false;
  }

  #allowed(member: Member, { denied }: Downs, { publisher, info }: DataTrack): boolean {
    const allowed = this.#subscriptions.allows(publisher, info.sid, member);
    if (allowed === denied.has(info.sid)) {
      if (allowed) denied.delete(info.sid);
      else denied.add(info.sid);
      const value = new SubscriptionPermissionUpdate({
        participantSid: publisher.sid,
        trackSid: info.sid,
        allowed,
      });
      member.send({ case: 'subscriptionPermissionUpdate', value });
    }
    return allowed;
  }

  #ended(tracks: readonly DataTrack[]): void {
    const told = new Set<Member>();
    for (const track of tracks) {
      for (const member of this.#receivers.get(track)?.keys() ?? []) {
        this.#downs.get(member)?.handles.free(track.info.sid);
        told.add(member);
      }
      this.#receivers.delete(track);
      for (const { wishes, denied } of this.#downs.values()) {
        wishes.delete(track.info.sid);
        denied.delete(track.info.sid);
      }
    }
    for (const member of told) this.#tell(member);
  }

  /** All that the member gets: clients drop what is not named. */
  #tell(member: Member): void {
    const value = new DataTrackSubscriberHandles();
    for (const [trackSid, handle] of this.#of(member).handles.entries()) {
      const track = this.published.bySid(trackSid);
      if (!track) continue;
      const { identity: publisherIdentity, sid: publisherSid } = track.publisher;
      value.subHandles[handle] = new DataTrackSubscriberHandles_PublishedDataTrack({
        publisherIdentity,
        publisherSid,
        trackSid,
      });
    }
    member.send({ case: 'dataTrackSubscriberHandles', value });
  }

  #of(member: Member): Downs {
    let downs = this.#downs.get(member);
    if (!downs) {
      downs = { handles: new Handles(), wishes: new Map(), denied: new Set() };
      this.#downs.set(member, downs);
    }
    return downs;
  }
}
