import {
  ConnectionQuality,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  Track,
} from 'livekit-client';
import { roomOptions } from './media-room.ts';
import { pictureSizes } from './picture-size.ts';
import type { CarrierHooks, RoomCarrier, RoomTicket } from './sdk.ts';

type Kind = 'audio' | 'video';

const sourceOf = { audio: Track.Source.Microphone, video: Track.Source.Camera } as const;
const qualityOf: Record<ConnectionQuality, 'good' | 'poor' | 'lost'> = {
  [ConnectionQuality.Excellent]: 'good',
  [ConnectionQuality.Good]: 'good',
  [ConnectionQuality.Unknown]: 'good',
  [ConnectionQuality.Poor]: 'poor',
  [ConnectionQuality.Lost]: 'lost',
};

/** How often it is looked whether media has begun to flow. */
const LOOK_MS = 100;
/** Whoever sends nothing yet (a camera that is off, a server that does not tell) holds nothing up for longer. */
const PATIENCE_MS = 3000;

/** Carries a call through the server's room: the SDK asks for it when a call becomes one. */
export class CallCarrier implements RoomCarrier {
  /** Pictures are sent before they are drawn, so that they are there when those from before go. */
  readonly #room = new Room({ ...roomOptions, adaptiveStream: false, stopLocalTrackOnUnpublish: false });
  #hooks: CarrierHooks | undefined;
  #turns: Record<Kind, Promise<void>> = { audio: Promise.resolve(), video: Promise.resolve() };
  readonly #timers = new Set<ReturnType<typeof setInterval>>();
  #heard = false;
  #sentAt: number | undefined;
  #isHeard = false;
  #closed = false;

  async open(
    { url, token }: RoomTicket,
    tracks: Record<Kind, MediaStreamTrack | null>,
    hooks: CarrierHooks,
  ): Promise<void> {
    this.#hooks = hooks;
    const room = this.#room;
    room
      .on(RoomEvent.TrackSubscribed, (track, publication, who) =>
        this.#came(track, publication, who.identity),
      )
      .on(RoomEvent.LocalTrackSubscribed, (publication) => {
        if (publication.kind === Track.Kind.Audio) this.#isHeard = true;
      })
      .on(RoomEvent.ConnectionQualityChanged, (quality, who) => {
        if (!who.isLocal) hooks.quality(who.identity, qualityOf[quality]);
      })
      .on(RoomEvent.Reconnecting, () => hooks.state('reconnecting'))
      .on(RoomEvent.Reconnected, () => hooks.state('connected'))
      .on(RoomEvent.Disconnected, () => {
        if (!this.#closed) hooks.state('lost');
      });
    await room.connect(url, token);
    await Promise.all((['audio', 'video'] as const).map((kind) => this.#send(kind, tracks[kind])));
    this.#sentAt = performance.now();
    this.#watch(
      () => this.#flows(tracks.audio !== null),
      () => hooks.flowing(),
    );
  }

  setTrack(kind: Kind, track: MediaStreamTrack | null): void {
    this.#turns[kind] = this.#turns[kind]
      .then(() => this.#send(kind, track))
      .catch((error: unknown) => console.warn(error));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    // The tracks are the call's: it stops them itself.
    void this.#room.disconnect(false);
  }

  async #send(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    if (this.#closed) return;
    const own = this.#room.localParticipant;
    const before = own.getTrackPublication(sourceOf[kind])?.track;
    if (before && track) await before.replaceTrack(track, { userProvidedTrack: true });
    else if (before) await own.unpublishTrack(before, false);
    else if (track) await own.publishTrack(track, { source: sourceOf[kind], stopMicTrackOnMute: false });
  }

  /** Somebody's track is told once something comes on it: what there was before plays until then. */
  #came(track: RemoteTrack, publication: RemoteTrackPublication, identity: string): void {
    const since = performance.now();
    if (track.kind === Track.Kind.Video) {
      pictureSizes.set(track.mediaStreamTrack, {
        shown: (width, height) => {
          publication.setEnabled(true);
          publication.setVideoDimensions({ width, height });
        },
        hidden: () => publication.setEnabled(false),
      });
    }
    const arrived = async () => {
      if (performance.now() - since > PATIENCE_MS) return true;
      const stats = await track.receiver?.getStats();
      return stats !== undefined && [...stats.values()].some((one) => (one.bytesReceived ?? 0) > 0);
    };
    this.#watch(arrived, () => {
      if (track.kind === Track.Kind.Audio) this.#heard = true;
      this.#hooks?.track(identity, track.mediaStreamTrack);
    });
  }

  /** One is heard by somebody, and somebody is heard, as far as anybody sends sound at all. */
  #flows(sends: boolean): boolean {
    const waited = this.#sentAt !== undefined && performance.now() - this.#sentAt > PATIENCE_MS;
    const others = [...this.#room.remoteParticipants.values()];
    if (others.length === 0) return false;
    const speak = others.some((who) =>
      [...who.trackPublications.values()].some(
        (one: RemoteTrackPublication) => one.kind === Track.Kind.Audio,
      ),
    );
    return (this.#isHeard || !sends || waited) && (this.#heard || (waited && !speak));
  }

  /** Looks until it is so, then does it once. */
  #watch(is: () => boolean | Promise<boolean>, then: () => void): void {
    let done = false;
    const timer = setInterval(async () => {
      if (done || !(await is()) || done || this.#closed) return;
      done = true;
      clearInterval(timer);
      this.#timers.delete(timer);
      then();
    }, LOOK_MS);
    this.#timers.add(timer);
  }
}
