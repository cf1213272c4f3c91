import type { SignalResponse } from '@livekit/protocol';
import {
  LeaveRequest_Action as Action,
  DisconnectReason,
  RequestResponse_Reason as Reason,
  SessionDescription,
  SignalTarget,
  TrickleRequest,
} from '@livekit/protocol';
import { forbidden, ParleyError } from '../../../core/errors.ts';
import type { MediaSession, Wire } from '../../../core/media/index.ts';
import type { ClientData } from '../client-frames.ts';
import type { ServerFrameOf } from '../frames.ts';
import type { ServerData } from '../server-frames.ts';
import { offerFor } from './described.ts';
import { Directory } from './directory.ts';
import type { RefusedSection } from './uplink.ts';
import { Uplink } from './uplink.ts';

type Message = SignalResponse['message'];

/** Where a link's words go: the socket that has it now. */
export interface Outlet {
  send(frame: MediaFrame): void;
  refuse(error: ParleyError, more?: { of?: string; mid?: string }): void;
  /** The session is over without anybody's will: there may be something to receive in another one. */
  lost(): void;
}

export type MediaFrame = ServerFrameOf<'offer' | 'answer' | 'ice-candidate' | 'muted'>;

export interface LinkParts {
  /** Into the meeting's room, as this person may now. */
  enter(wire: Wire): Promise<MediaSession>;
  /** The same member again, on a new wire. */
  resume(sid: string, wire: Wire): Promise<MediaSession | undefined>;
  /** Whose an identity of the room is. */
  userId(identity: string): Promise<number | null>;
  failed: (what: string, error: unknown) => void;
}

/** After these nothing is to be taken up again by itself. */
const FINAL: ReadonlySet<DisconnectReason> = new Set([
  DisconnectReason.CLIENT_INITIATED,
  DisconnectReason.PARTICIPANT_REMOVED,
  DisconnectReason.ROOM_DELETED,
  DisconnectReason.ROOM_CLOSED,
  DisconnectReason.SERVER_SHUTDOWN,
]);

/**
 * One person's media of the server's: a member of the engine's room, whose client speaks plain
 * offers and answers. It may outlast its socket for a while, and goes on with the next one.
 */
export class MediaLink {
  readonly #parts: LinkParts;
  readonly #uplink = new Uplink();
  #outlet: Outlet | undefined;
  #directory = new Directory();
  #wire: Wire | undefined;
  #session: MediaSession | undefined;
  #coming: Promise<MediaSession | undefined> | undefined;
  /** Of the session that was lost with its socket. */
  #lostSid: string | undefined;
  /** What the client last offered by: another one is another connection. */
  #fingerprint: string | undefined;
  #offers = 0;
  #asked = 0;
  #action = Action.DISCONNECT;
  /** Offers are told in their order, although whose tracks they have is looked up. */
  #telling: Promise<void> = Promise.resolve();
  /** Another connection of this person has taken their place. */
  #replaced = false;

  constructor(parts: LinkParts, outlet: Outlet) {
    this.#parts = parts;
    this.#outlet = outlet;
  }

  /** The engine's name of the session there is, or that can be gone on with. */
  get sid(): string | undefined {
    return this.#session?.sid ?? this.#lostSid;
  }

  /** It may be begun because somebody publishes: it is not there, and nobody has taken its place. */
  get isIdle(): boolean {
    return !this.#session && !this.#coming && !this.#replaced && this.#outlet !== undefined;
  }

  /** There is something to receive. */
  async begin(): Promise<void> {
    await this.#present();
  }

  /** What the client publishes, from now on. */
  async offer({ sdp, tracks = {} }: ClientData<'offer'>): Promise<void> {
    const fingerprint = /^a=fingerprint:(.+?)\r?$/m.exec(sdp)?.[1];
    // Its page has begun anew, and knows nothing of the session there was.
    if (this.#session && this.#fingerprint !== undefined && this.#fingerprint !== fingerprint) this.leave();
    this.#replaced = false;
    const session = await this.#present();
    const announced = await this.#uplink.announce(sdp, tracks, (message) => session.receive(message));
    if (this.#session !== session) throw new ParleyError('unavailable', 'signaling.media_lost');
    this.#fingerprint = fingerprint;
    for (const section of announced.refused) this.#refuse(section);
    const value = new SessionDescription({ type: 'offer', sdp: announced.sdp, id: ++this.#offers });
    session.receive({ case: 'offer', value });
  }

  /** To the last offer of the server's. */
  answer({ sdp }: ClientData<'answer'>): void {
    if (!this.#session || this.#asked === 0) throw new ParleyError('conflict', 'signaling.no_offer');
    const value = new SessionDescription({ type: 'answer', sdp, id: this.#asked });
    this.#session.receive({ case: 'answer', value });
  }

  candidate({ target, ...candidate }: ClientData<'ice-candidate'>): void {
    const value = new TrickleRequest({
      candidateInit: JSON.stringify(candidate),
      target: target === 'subscriber' ? SignalTarget.SUBSCRIBER : SignalTarget.PUBLISHER,
    });
    this.#session?.receive({ case: 'trickle', value });
  }

  say(flags: ClientData<'media-state'>): void {
    this.#uplink.say(flags, (message) => this.#session?.receive(message));
  }

  /** The socket is gone: the member stays for a while. */
  detach(): void {
    this.#outlet = undefined;
    this.#lostSid = this.#session?.sid;
    const session = this.#session;
    this.#session = undefined;
    this.#wire = undefined;
    session?.gone();
  }

  /** Another socket goes on with it. False when there is nothing left to go on with. */
  async attach(outlet: Outlet): Promise<boolean> {
    const sid = this.#lostSid;
    this.#outlet = outlet;
    if (sid === undefined) return false;
    return (await this.#resume(sid)) !== undefined;
  }

  /** The member leaves for good. */
  leave(): void {
    const session = this.#session;
    this.#over();
    session?.leave(DisconnectReason.CLIENT_INITIATED);
  }

  /** Ends what a lost socket has left behind. */
  async forsake(): Promise<void> {
    const sid = this.#lostSid;
    this.#over();
    if (sid === undefined) return;
    const session = await this.#parts.resume(sid, { send: () => {}, end: () => {} });
    session?.leave(DisconnectReason.CLIENT_INITIATED);
  }

  async #present(): Promise<MediaSession> {
    const session = this.#session ?? (await (this.#coming ?? this.#enter()));
    if (!session) throw new ParleyError('unavailable', 'signaling.media_lost');
    return session;
  }

  #enter(): Promise<MediaSession | undefined> {
    return this.#come((wire) => this.#parts.enter(wire));
  }

  #resume(sid: string): Promise<MediaSession | undefined> {
    return this.#come((wire) => this.#parts.resume(sid, wire));
  }

  #come(way: (wire: Wire) => Promise<MediaSession | undefined>): Promise<MediaSession | undefined> {
    const wire: Wire = {
      send: (message) => {
        if (this.#wire === wire) this.#hear(message);
      },
      end: (reason) => {
        if (this.#wire === wire) this.#ended(reason);
      },
    };
    this.#wire = wire;
    const coming = way(wire).then((session) => {
      if (this.#wire === wire) {
        this.#session = session;
        this.#lostSid = undefined;
        return session;
      }
      // Ended, or left, before it was there.
      session?.leave(DisconnectReason.CLIENT_INITIATED);
      return undefined;
    });
    this.#coming = coming;
    const done = () => {
      if (this.#coming === coming) this.#coming = undefined;
    };
    coming.then(done, done);
    return coming;
  }

  #hear(message: Message): void {
    switch (message.case) {
      case 'join':
        this.#directory.note(message.value.otherParticipants);
        return;
      case 'update':
        this.#directory.note(message.value.participants);
        return;
      case 'trackPublished':
        if (message.value.track) this.#uplink.taken(message.value.cid, message.value.track);
        return;
      case 'requestResponse':
        this.#uplink.answered(message.value);
        return;
      case 'trackUnpublished': {
        const ended = this.#uplink.ended(message.value.trackSid);
        if (ended) this.#refuse(ended);
        return;
      }
      case 'mute': {
        const { sid, muted } = message.value;
        const which = this.#uplink.muted(sid, muted);
        if (which) this.#outlet?.send({ type: 'muted', data: { ...which, muted } });
        return;
      }
      case 'offer':
        this.#offered(message.value);
        return;
      case 'answer':
        this.#answered(message.value);
        return;
      case 'trickle':
        this.#trickled(message.value);
        return;
      case 'leave':
        this.#action = message.value.action;
        return;
    }
  }

  #offered({ sdp, id, midToTrackId }: SessionDescription): void {
    this.#asked = id;
    const wire = this.#wire;
    const told = async () => {
      const { userId } = this.#parts;
      const offer = await offerFor({ sdp, midToTrackId }, this.#directory, userId);
      // What has come meanwhile is told as it is now, or not at all.
      if (this.#wire !== wire) return;
      this.#outlet?.send({ type: 'offer', data: { ...offer, ...this.#named } });
    };
    this.#telling = this.#telling.then(told).catch((error) => this.#parts.failed('tell an offer', error));
  }

  #answered({ sdp, id }: SessionDescription): void {
    // One that comes after its time is not the next one's.
    if (id !== this.#offers) return;
    this.#outlet?.send({ type: 'answer', data: { type: 'answer', sdp, ...this.#named } });
  }

  #trickled({ candidateInit, target }: TrickleRequest): void {
    const candidate = JSON.parse(candidateInit) as ServerData<'ice-candidate'>;
    const side = target === SignalTarget.SUBSCRIBER ? 'subscriber' : 'publisher';
    const frame = { type: 'ice-candidate', data: { ...candidate, target: side } } as const;
    // Not before the offer that it belongs to.
    this.#telling = this.#telling.then(() => this.#outlet?.send(frame));
  }

  get #named(): { session?: string } {
    return this.#session ? { session: this.#session.sid } : {};
  }

  #refuse({ mid, reason, source }: RefusedSection): void {
    const error =
      reason === Reason.NOT_ALLOWED
        ? forbidden('signaling.track_refused', { source })
        : new ParleyError('limit', 'signaling.tracks');
    this.#outlet?.refuse(error, { of: 'offer', mid });
  }

  #ended(reason: DisconnectReason): void {
    const sid = this.#session?.sid;
    const action = this.#action;
    this.#action = Action.DISCONNECT;
    if (action === Action.RESUME && sid !== undefined && this.#outlet) {
      // A connection was interrupted: the client is offered a new start of it at once.
      this.#session = undefined;
      this.#resume(sid).then(
        (session) => session ?? this.#lost(reason),
        (error) => {
          this.#parts.failed('take up a media session', error);
          this.#lost(reason);
        },
      );
      return;
    }
    this.#lost(reason);
  }

  #lost(reason: DisconnectReason): void {
    this.#over();
    this.#replaced = reason === DisconnectReason.DUPLICATE_IDENTITY;
    if (this.#replaced) this.#outlet?.refuse(new ParleyError('conflict', 'signaling.media_elsewhere'));
    if (this.#replaced || FINAL.has(reason)) return;
    this.#outlet?.refuse(new ParleyError('unavailable', 'signaling.media_lost'));
    this.#outlet?.lost();
  }

  #over(): void {
    this.#wire = undefined;
    this.#session = undefined;
    this.#coming = undefined;
    this.#lostSid = undefined;
    this.#fingerprint = undefined;
    this.#asked = 0;
    this.#directory = new Directory();
    this.#uplink.reset();
  }
}
