import { randomBytes } from 'node:crypto';
import {
  LeaveRequest_Action as Action,
  DisconnectReason,
  LeaveRequest,
  type ParticipantPermission,
  Room,
  type RoomEndReason,
  RoomUpdate,
  ParticipantInfo_State as State,
} from '@livekit/protocol';
import { ParleyError } from '../../../../core/errors.ts';
import type { JoinAsked } from '../../../../ports/media-join.ts';
import { carriedCodecs } from '../codecs.ts';
import { newSid } from '../ids.ts';
import type { Journal } from '../journal.ts';
import type { Source } from '../media/types.ts';
import type { EmbeddedOptions } from '../options.ts';
import { joinResponse } from './answers.ts';
import { joined, tellHidden, updateOf } from './broadcast.ts';
import { Comings } from './comings.ts';
import { Departed } from './departed.ts';
import { MediaPlace } from './media-place.ts';
import { RoomMember } from './member.ts';
import type { OpenParts, RoomParts } from './parts.ts';
import { peerEvents } from './peer-events.ts';
import { within } from './permission.ts';
import { renewToken } from './renew.ts';
import type { PublishedTrack, RoomView } from './types.ts';

export interface RoomSettings {
  readonly name: string;
  readonly metadata: string;
  readonly maxParticipants: number;
  readonly emptyTimeoutS: number;
  readonly departureTimeoutS: number;
}

export interface Leaving {
  readonly reason: DisconnectReason;
  /** What the client is to do; undefined: it is not told. */
  readonly leave: Action | undefined;
}

/** One room: who is in it, and everything that becomes known to the others. */
export class LiveRoom implements RoomView {
  readonly sid = newSid('RM_');
  readonly name: string;
  readonly createdAt: number;
  readonly settings: RoomSettings;
  readonly trailer = new Uint8Array(randomBytes(32));
  readonly parts: RoomParts;
  readonly departed = new Departed();
  readonly options: EmbeddedOptions;
  readonly #place: MediaPlace;
  readonly #journal: Journal;
  readonly #members = new Map<string, RoomMember>();
  readonly #comings = new Comings(this.#members);
  readonly #sids = new Map<string, RoomMember>();
  readonly #tracks = new Map<string, PublishedTrack>();
  metadata: string;
  /** Joins on their way: the room does not end meanwhile. */
  holds = 0;
  firstJoinedAt: number | undefined;
  lastLeftAt: number | undefined;
  closed = false;
  /** Its counts changed since its members were told of it. */
  #dirty = false;

  constructor(settings: RoomSettings, options: EmbeddedOptions, journal: Journal, openParts: OpenParts) {
    this.name = settings.name;
    this.settings = settings;
    this.metadata = settings.metadata;
    this.options = options;
    this.#journal = journal;
    this.createdAt = options.clock.now();
    this.parts = openParts(this);
    this.#place = new MediaPlace(options.plane, this.name, {
      levels: (levels) => this.parts.speakers.levels(levels),
      lost: () => this.#lost(),
    });
    journal.roomStarted(this.proto());
  }

  members(): Iterable<RoomMember> {
    return this.#members.values();
  }

  byIdentity(identity: string): RoomMember | undefined {
    return this.#members.get(identity);
  }

  bySid(sid: string): RoomMember | undefined {
    return this.#sids.get(sid);
  }

  track(sid: string): PublishedTrack | undefined {
    return this.#tracks.get(sid);
  }

  proto(): Room {
    const members = [...this.#members.values()];
    return new Room({
      sid: this.sid,
      name: this.name,
      metadata: this.metadata,
      emptyTimeout: this.settings.emptyTimeoutS,
      departureTimeout: this.settings.departureTimeoutS,
      maxParticipants: this.settings.maxParticipants,
      creationTime: BigInt(Math.floor(this.createdAt / 1000)),
      creationTimeMs: BigInt(this.createdAt),
      enabledCodecs: carriedCodecs(),
      numParticipants: members.filter((member) => !member.dependent).length,
      numPublishers: members.filter((member) => member.isPublisher).length,
      activeRecording: members.some((member) => member.recorder),
    });
  }

  /** Where its media is to be, before anybody comes in. Throws `unavailable`. */
  async ready(): Promise<void> {
    await this.#place.open();
  }

  /** Lets somebody in, who is told everything at once; the connections follow. Throws `limit`. */
  admit(asked: JoinAsked): RoomMember {
    const before = this.#members.get(asked.identity);
    if (before) {
      this.remove(before, { reason: DisconnectReason.DUPLICATE_IDENTITY, leave: Action.DISCONNECT });
    }
    this.#comings.before(asked.identity);
    const { clock, nodeId } = this.options;
    const member = new RoomMember(this, asked, () => clock.now());
    const { maxParticipants } = this.settings;
    const counted = [...this.#members.values()].filter((each) => !each.dependent).length;
    if (maxParticipants > 0 && !member.dependent && counted >= maxParticipants) {
      throw new ParleyError('limit', 'room.full');
    }
    if (!member.dependent) this.firstJoinedAt ??= clock.now();
    this.#members.set(member.identity, member);
    this.#sids.set(member.sid, member);
    this.#dirty = true;

    member.state = State.JOINED;
    member.raised();
    const iceServers = this.options.iceServers(member.identity);
    member.send({ case: 'join', value: joinResponse(this, member, { iceServers, nodeId }) });
    void this.#connect(member);
    this.#comings.tell(member);
    if (member.recorder) this.tellRoom();
    void renewToken(member, this.options);
    return member;
  }

  async #connect(member: RoomMember): Promise<void> {
    try {
      const media = await this.#place.open();
      const { singlePeer: single } = member;
      const peer = await media.connect(peerEvents(member, this.options.failed), { single });
      if (member.closed) return peer.close();
      member.connected(peer);
      if (single) this.parts.subscriptions.activated(member);
      if (!member.subscriberPrimary) return;
      // Data channels alone at first: the connection is made while what it is to have is prepared.
      peer.subscriber.start({ late: member.offersLate });
      this.parts.subscriptions.activated(member);
    } catch (error) {
      if (member.closed) return;
      this.options.failed(`the connections of ${member.sid}`, error);
      this.remove(member, { reason: DisconnectReason.JOIN_FAILURE, leave: Action.RECONNECT });
    }
  }

  activate(member: RoomMember): void {
    if (member.state !== State.JOINED) return;
    member.state = State.ACTIVE;
    member.everActive = true;
    member.raised();
    this.#comings.tell(member);
    this.parts.subscriptions.activated(member);
    this.parts.data.activated(member);
    this.#journal.joined(this.proto(), member.info());
  }

  /** A connection that was up is down: the client is asked to come back, its media is kept for a while. */
  interrupted(member: RoomMember): void {
    const value = new LeaveRequest({ reason: DisconnectReason.CONNECTION_TIMEOUT, action: Action.RESUME });
    member.send({ case: 'leave', value });
    member.dropWire(this.options.clock.now());
  }

  /** Its wire is gone: it may be resumed if it ever had a connection; otherwise there is nothing to wait for. */
  wireLost(member: RoomMember): void {
    member.unwire(this.options.clock.now());
    if (!member.connection.everUp) {
      this.remove(member, { reason: DisconnectReason.SIGNAL_CLOSE, leave: undefined });
    }
  }

  tellOf(member: RoomMember, raise = false, alsoItself = false): void {
    if (raise) member.raised();
    this.#comings.tellNow(member, alsoItself);
  }

  update(): RoomUpdate {
    return new RoomUpdate({ room: this.proto() });
  }

  tellRoom(): void {
    this.#dirty = false;
    const message = { case: 'roomUpdate', value: this.update() } as const;
    for (const member of this.#members.values()) if (joined(member)) member.send(message);
  }

  /** What is told now and then, not for each one who comes. To be called once a second. */
  tellNews(): void {
    this.#comings.flush();
    if (this.#dirty) this.tellRoom();
  }

  setMetadata(metadata: string): void {
    this.metadata = metadata;
    this.tellRoom();
  }

  trackBegan(member: RoomMember, track: PublishedTrack): void {
    this.#tracks.set(track.info.sid, track);
    if (!member.isPublisher) this.#dirty = true;
    member.isPublisher = true;
    this.tellOf(member, true);
    this.parts.subscriptions.published(track);
    this.#journal.track('track_published', this, member, track.info);
  }

  codecAdded(member: RoomMember, track: PublishedTrack, source: Source): void {
    this.tellOf(member, true);
    this.parts.subscriptions.sourceAdded(track, source);
  }

  trackChanged(member: RoomMember, _track: PublishedTrack): void {
    this.tellOf(member, true, true);
  }

  trackMuted(member: RoomMember, track: PublishedTrack): void {
    this.parts.subscriptions.muted(track);
    this.tellOf(member, true, true);
  }

  trackEnded(member: RoomMember, track: PublishedTrack): void {
    this.#tracks.delete(track.info.sid);
    this.parts.subscriptions.unpublished(track);
    this.parts.speakers.unpublished(track);
    if (!member.closed) this.tellOf(member, true);
    this.#journal.track('track_unpublished', this, member, track.info);
  }

  /** What is no longer allowed stops at once. */
  permit(member: RoomMember, asked: ParticipantPermission): void {
    const permission = within(member.only, asked);
    if (member.permission.equals(permission)) return;
    const { hidden } = member;
    member.permission = permission;
    member.publishing.revoke();
    this.parts.subscriptions.permitted(member);
    this.parts.data.permitted(member);
    if (permission.canSubscribe && !member.subscriberPrimary) member.peer?.subscriber.start();
    member.isPublisher = permission.canPublish && member.tracks.size > 0;
    this.#dirty = true;
    this.tellOf(member, true, true);
    if (member.hidden && !hidden) tellHidden(member, this.#members.values());
    void renewToken(member, this.options);
  }

  /** A failure inside this server ends the session it happened in; the client begins anew. */
  fail(member: RoomMember): void {
    this.remove(member, { reason: DisconnectReason.STATE_MISMATCH, leave: Action.RECONNECT });
  }

  remove(member: RoomMember, { reason, leave }: Leaving): void {
    if (member.closed) return;
    const { clock } = this.options;
    if (this.#members.get(member.identity) === member) this.#members.delete(member.identity);
    this.#sids.delete(member.sid);
    this.#dirty = true;
    this.lastLeftAt = clock.now();
    member.disconnect(reason, leave);
    const { subscriptions, speakers, quality, data } = this.parts;
    // This is what failures end in: one of these keeps the others from nothing, and ends nobody else.
    for (const step of [
      () => member.publishing.close(),
      () => subscriptions.left(member),
      () => speakers.left(member),
      () => quality.left(member),
      () => data.left(member),
      () => this.#comings.tell(member),
      () => !member.hidden && this.departed.add(clock.now(), member.info()),
      () => member.recorder && this.tellRoom(),
      () => member.peer?.close(),
      () => this.#journal.left(this.proto(), member.info(), member.everActive),
    ]) {
      try {
        step();
      } catch (error) {
        this.options.failed(`the end of ${member.sid}`, error);
      }
    }
  }

  /** Its worker died: the clients come back by themselves, into the same room on another worker. */
  #lost(): void {
    if (this.closed) return;
    for (const member of [...this.#members.values()]) {
      this.remove(member, { reason: DisconnectReason.MEDIA_FAILURE, leave: Action.RECONNECT });
    }
  }

  /** Everybody, with themselves, as a client sees them that has missed something. */
  snapshotFor(member: RoomMember) {
    const seen = [...this.#members.values()].filter(
      (each) => each === member || (!each.hidden && joined(each)),
    );
    return updateOf(seen.map((each) => each.info()));
  }

  async close(reason: DisconnectReason, ended: RoomEndReason): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const member of [...this.#members.values()])
      this.remove(member, { reason, leave: Action.DISCONNECT });
    this.parts.data.close();
    this.parts.quality.close();
    this.parts.speakers.close();
    this.parts.subscriptions.close();
    this.#journal.roomFinished(this.proto(), ended);
    await this.#place.close();
  }
}
