import {
  LeaveRequest_Action as Action,
  type ClientInfo,
  type DisconnectReason,
  ParticipantInfo_Kind as Kind,
  LeaveRequest,
  ParticipantInfo,
  type ParticipantPermission,
  type SignalResponse,
  ParticipantInfo_State as State,
} from '@livekit/protocol';
import type { JoinAsked, MediaGrant, RenewAsked } from '../../../../ports/media-join.ts';
import type { Wire } from '../../../../ports/media-sessions.ts';
import { publishableMimes } from '../codecs.ts';
import { newSid } from '../ids.ts';
import type { Peer, Source } from '../media/types.ts';
import { Connection } from './connection.ts';
import { grantNow, permissionOf, within } from './permission.ts';
import { type Publisher, Publishing } from './publishing.ts';
import type { LiveRoom } from './room.ts';
import type { PublishedTrack } from './types.ts';

/** One participant: who it is, what it may, how it is reached. What it does to others goes through its room. */
export class RoomMember implements Publisher {
  readonly sid = newSid('PA_');
  readonly identity: string;
  /** Whom its token names, if it is a further connection of theirs. */
  readonly signedFor: string | undefined;
  readonly client: ClientInfo;
  readonly autoSubscribe: boolean;
  readonly autoSubscribeDataTracks: boolean;
  readonly adaptiveStream: boolean;
  readonly publishable: readonly string[];
  readonly joinedAt: number;
  readonly publishing: Publishing;
  readonly connection: Connection;
  /** Whether it waits for the connection that the server offers on; fixed at the join. */
  readonly subscriberPrimary: boolean;
  /** It is offered nothing before there is something to send, and comes in by either connection. */
  readonly offersLate: boolean;
  /** It has one connection, on which it offers. */
  readonly singlePeer: boolean;
  readonly room: LiveRoom;
  readonly kind: Kind;
  /** The one way that its client goes, if it does. */
  readonly only: JoinAsked['only'];
  readonly renew: JoinAsked['renew'];
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  permission: ParticipantPermission;
  state = State.JOINING;
  isPublisher = false;
  everActive = false;
  peer: Peer | undefined;
  /** Its wire was lost then and nothing has resumed since. */
  goneAt: number | undefined;
  /** When its client was last heard of by signal. */
  heardAt: number;
  renewedAt: number;
  renewals = 0;
  /** False: it is about to be removed. */
  renews = true;
  /** Scenarios that a client asked for: how its next resumes are to fail. */
  readonly failingResumes: { until: number; left: number; silent: boolean } = {
    until: 0,
    left: 0,
    silent: false,
  };
  readonly #grant: MediaGrant;
  #wire: Wire | undefined;
  #version = 0;
  #reason: DisconnectReason = 0;
  #settled: () => void = () => {};
  /** Resolves when its connections are there, or never will be. */
  readonly settled = new Promise<void>((resolve) => {
    this.#settled = resolve;
  });

  constructor(room: LiveRoom, asked: JoinAsked, now: () => number) {
    this.room = room;
    this.identity = asked.identity;
    this.signedFor = asked.signedFor;
    this.client = asked.client;
    this.kind = asked.kind;
    this.autoSubscribe = asked.autoSubscribe;
    this.autoSubscribeDataTracks = asked.autoSubscribeDataTracks ?? false;
    this.adaptiveStream = asked.adaptiveStream;
    this.publishable = publishableMimes(asked.client);
    this.name = asked.name;
    this.metadata = asked.metadata;
    this.attributes = asked.attributes;
    this.#grant = asked.grant;
    this.only = asked.only;
    this.permission = within(asked.only, permissionOf(asked.grant));
    this.renew = asked.renew;
    this.joinedAt = now();
    this.heardAt = this.joinedAt;
    this.renewedAt = this.joinedAt;
    this.singlePeer = asked.singlePeer;
    this.subscriberPrimary = this.permission.canSubscribe && !asked.singlePeer;
    this.#wire = asked;
    this.publishing = new Publishing(this, now);
    this.offersLate = asked.offersLate ?? false;
    const primary = this.subscriberPrimary ? 1 : 0;
    this.connection = new Connection(this.offersLate ? undefined : primary, now, {
      primaryUp: () => room.activate(this),
      down: () => room.interrupted(this),
    });
  }

  get hidden(): boolean {
    return this.permission.hidden;
  }

  get closed(): boolean {
    return this.state === State.DISCONNECTED;
  }

  get active(): boolean {
    return this.state === State.ACTIVE;
  }

  get reason(): DisconnectReason {
    return this.#reason;
  }

  /** Agents and recorders do not keep a room open, nor do they count. */
  get dependent(): boolean {
    const { agent, recorder } = this.permission;
    return this.kind === Kind.AGENT || this.kind === Kind.EGRESS || agent || recorder;
  }

  get recorder(): boolean {
    return this.kind === Kind.EGRESS || this.permission.recorder;
  }

  get tracks(): ReadonlyMap<string, PublishedTrack> {
    return this.publishing.tracks;
  }

  info(): ParticipantInfo {
    const { joinedAt } = this;
    return new ParticipantInfo({
      sid: this.sid,
      identity: this.identity,
      name: this.name,
      metadata: this.metadata,
      attributes: { ...this.attributes },
      state: this.state,
      version: this.#version,
      joinedAt: BigInt(Math.floor(joinedAt / 1000)),
      joinedAtMs: BigInt(joinedAt),
      permission: this.permission.clone(),
      isPublisher: this.isPublisher,
      kind: this.kind,
      disconnectReason: this.#reason,
      tracks: [...this.tracks.values()].map(({ info }) => info.clone()),
      dataTracks: [...this.room.parts.data.tracks(this)],
      clientProtocol: this.client.clientProtocol,
      capabilities: this.client.capabilities,
    });
  }

  /** Its next info is newer than those that were sent: clients drop what is older. */
  raised(): void {
    this.#version++;
  }

  touched(): void {
    this.raised();
    this.room.tellOf(this);
  }

  send(message: SignalResponse['message']): void {
    this.#wire?.send(message);
  }

  end(reason: DisconnectReason): void {
    this.room.remove(this, { reason, leave: Action.DISCONNECT });
  }

  renewAsked(): RenewAsked {
    const { identity, name, metadata, attributes } = this;
    return { identity, name, metadata, attributes, grant: grantNow(this.#grant, this.permission) };
  }

  connected(peer: Peer): void {
    this.peer = peer;
    this.#settled();
  }

  /** Another wire carries its signalling from now on; the one before is closed. */
  rewire(wire: Wire, now: number): void {
    const before = this.#wire;
    this.#wire = wire;
    this.goneAt = undefined;
    this.heardAt = now;
    before?.end(0);
  }

  hangsOn(wire: Wire): boolean {
    return this.#wire === wire;
  }

  unwire(now: number): void {
    this.#wire = undefined;
    this.goneAt ??= now;
  }

  /** Closes the wire and waits for another one. */
  dropWire(now: number): void {
    const wire = this.#wire;
    this.unwire(now);
    wire?.end(0);
  }

  /** Over for good: `leave` is the last message on its wire. */
  disconnect(reason: DisconnectReason, leave: Action | undefined): void {
    this.state = State.DISCONNECTED;
    this.#reason = reason;
    this.raised();
    const wire = this.#wire;
    this.#wire = undefined;
    if (leave !== undefined) {
      wire?.send({ case: 'leave', value: new LeaveRequest({ reason, action: leave }) });
    }
    wire?.end(reason);
    this.#settled();
  }

  trackBegan(track: PublishedTrack): void {
    this.room.trackBegan(this, track);
  }

  codecAdded(track: PublishedTrack, source: Source): void {
    this.room.codecAdded(this, track, source);
  }

  trackChanged(track: PublishedTrack): void {
    this.room.trackChanged(this, track);
  }

  trackMuted(track: PublishedTrack): void {
    this.room.trackMuted(this, track);
  }

  trackEnded(track: PublishedTrack): void {
    this.room.trackEnded(this, track);
  }
}
