import { ParleyError } from './errors.ts';
import type { LocalMedia, TrackKind } from './local-media.ts';
import type { Rest } from './rest.ts';
import type { Participant } from './types.ts';

/** How one comes into the room that carries a call. */
export interface RoomTicket {
  room: string;
  /** Of a LiveKit server. */
  url: string;
  token: string;
}

/** What a carrier tells the call of. */
export interface CarrierHooks {
  /** Media of somebody in the room, by their uid. */
  track(uid: string, track: MediaStreamTrack): void;
  quality(uid: string, quality: Participant['quality']): void;
  /** `lost` is final: the carrier has given up. */
  state(state: 'connected' | 'reconnecting' | 'lost'): void;
  /** What one sends is heard by somebody and somebody is heard: connections from before may go. */
  flowing(): void;
}

/**
 * Carries a call through a room. This package has no dependencies, so the application brings
 * LiveKit's client: `connect({ rooms: () => new MyCarrier() })`.
 */
export interface RoomCarrier {
  /** Comes in and sends the tracks there are. Resolves when connected. */
  open(
    ticket: RoomTicket,
    tracks: Record<TrackKind, MediaStreamTrack | null>,
    hooks: CarrierHooks,
  ): Promise<void>;
  /** Sends another track of that kind, or none any more. */
  setTrack(kind: TrackKind, track: MediaStreamTrack | null): void;
  close(): void;
}

export interface CallRoomHooks extends Omit<CarrierHooks, 'state'> {
  changed(): void;
  /** Asks the server for a fresh ticket; undefined when the call has no room (any more). */
  ticket(): Promise<RoomTicket | undefined>;
  error(error: ParleyError): void;
}

/** How long to wait before the n-th attempt to come back. */
const retryMs = (attempt: number) => Math.min(500 * 2 ** attempt, 8_000);

/** One call's place in its room: comes in, and comes back when the room was lost. */
export class CallRoom {
  readonly #make: () => RoomCarrier | Promise<RoomCarrier>;
  readonly #local: LocalMedia;
  readonly #hooks: CallRoomHooks;
  #carrier: RoomCarrier | undefined;
  #state: 'opening' | 'connected' | 'broken' = 'opening';
  #closed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(make: () => RoomCarrier | Promise<RoomCarrier>, local: LocalMedia, hooks: CallRoomHooks) {
    this.#make = make;
    this.#local = local;
    this.#hooks = hooks;
    const before = local.hooks.track;
    local.hooks.track = (kind, track) => {
      before(kind, track);
      this.#carrier?.setTrack(kind, track);
    };
  }

  get state() {
    return this.#state;
  }

  open(ticket: RoomTicket): void {
    void this.#open(ticket, 0);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#carrier?.close();
    this.#carrier = undefined;
  }

  async #open(ticket: RoomTicket, attempt: number): Promise<void> {
    try {
      const carrier = await this.#make();
      if (this.#closed) return carrier.close();
      this.#carrier = carrier;
      const tracks = { audio: this.#local.audioTrack, video: this.#local.videoTrack };
      await carrier.open(ticket, tracks, {
        track: (uid, track) => this.#closed || this.#hooks.track(uid, track),
        quality: (uid, quality) => this.#closed || this.#hooks.quality(uid, quality),
        flowing: () => this.#closed || this.#hooks.flowing(),
        state: (state) => this.#heard(carrier, state),
      });
      this.#heard(carrier, 'connected');
    } catch (cause) {
      if (this.#closed) return;
      this.#hooks.error(ParleyError.of(cause));
      this.#again(attempt);
    }
  }

  #heard(carrier: RoomCarrier, state: 'connected' | 'reconnecting' | 'lost'): void {
    if (this.#closed || carrier !== this.#carrier) return;
    this.#state = state === 'connected' ? 'connected' : 'broken';
    this.#hooks.changed();
    if (state === 'lost') this.#again(0);
  }

  #again(attempt: number): void {
    this.#carrier?.close();
    this.#carrier = undefined;
    this.#state = 'broken';
    this.#hooks.changed();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#comeBack(attempt + 1), retryMs(attempt));
  }

  async #comeBack(attempt: number): Promise<void> {
    const ticket = await this.#hooks.ticket().catch(() => undefined);
    if (this.#closed) return;
    if (ticket) await this.#open(ticket, attempt);
    // The server is away, or says that the call is over by and by.
    else this.#again(attempt);
  }
}

/** How this person comes into the call's room, as the server says now. */
export async function ticketOf(rest: Rest, callId: string): Promise<RoomTicket | undefined> {
  const { media } = await rest.get<{ media?: Partial<RoomTicket> }>(
    `/api/v1/rtc/call/${encodeURIComponent(callId)}`,
  );
  const { room, url, token } = media ?? {};
  return room !== undefined && url !== undefined && token !== undefined ? { room, url, token } : undefined;
}
