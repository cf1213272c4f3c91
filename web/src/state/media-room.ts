import {
  type AudioCaptureOptions,
  DisconnectReason,
  LocalAudioTrack,
  LocalVideoTrack,
  Room,
  RoomEvent,
  type RoomOptions,
  Track,
  type VideoCaptureOptions,
  VideoPresets,
} from 'livekit-client';
import { setFault } from './media.ts';
import type { Device } from './media-problem.ts';
import { faultOf } from './media-problem.ts';
import type { Over, Ticket } from './place.ts';
import { prefs } from './prefs.ts';
import { Store } from './store.ts';

/** Two connections, for a server may have numbers of its own for each way. */
export const roomOptions: RoomOptions = {
  singlePeerConnection: false,
  adaptiveStream: true,
  dynacast: true,
  publishDefaults: { simulcast: true, videoSimulcastLayers: [VideoPresets.h180, VideoPresets.h360] },
};

/** `signal`: nobody tells us news, sound and pictures go on. `media`: these have stopped. */
export type Link = 'good' | 'signal' | 'media';

/** What one sends. */
export interface Own {
  mic: boolean;
  cam: boolean;
  sharing: boolean;
}

/** Longer than this without media, and the room is lost: waiting on helps nobody. */
const LOST_MS = 20_000;
/** The attribute by which clients tell that a hand is up: since when, in milliseconds. */
const HAND = 'hand';

/** Everything else is a connection that was lost. */
const ENDS: Partial<Record<DisconnectReason, Over>> = {
  [DisconnectReason.PARTICIPANT_REMOVED]: 'removed',
  [DisconnectReason.ROOM_DELETED]: 'ended',
  [DisconnectReason.ROOM_CLOSED]: 'ended',
  [DisconnectReason.DUPLICATE_IDENTITY]: 'elsewhere',
};

/** A LiveKit room as this app joins it: one's own devices, the link, and how it ends. */
export class MediaRoom {
  readonly room: Room;
  readonly link = new Store<Link>('good');
  readonly own = new Store<Own>({ mic: false, cam: false, sharing: false });
  /** Whose attributes say that a hand is up. */
  readonly hands = new Store<ReadonlySet<string>>(new Set());
  /** It is over, and not because this side left. */
  over: (why: Over) => void = () => undefined;
  /** Somebody else has switched off what this person sends. */
  silenced: (source: 'mic' | 'share') => void = () => undefined;
  #closed = false;
  #lost: ReturnType<typeof setTimeout> | undefined;
  /** Changes that this side asks for itself: everything else comes from somebody else. */
  #asking = 0;

  private constructor(room: Room) {
    this.room = room;
    room
      .on(RoomEvent.SignalReconnecting, () => this.#linkIs('signal'))
      .on(RoomEvent.Reconnecting, () => this.#linkIs('media'))
      .on(RoomEvent.Reconnected, () => this.#linkIs('good'))
      .on(RoomEvent.Disconnected, (reason) => this.#ended(reason))
      .on(RoomEvent.LocalTrackPublished, this.#look)
      // Looked at afterwards: a room that ends takes everything back first, and what was on is still wanted.
      .on(RoomEvent.LocalTrackUnpublished, () => queueMicrotask(this.#look))
      .on(RoomEvent.TrackMuted, (publication, who) => {
        if (!who.isLocal) return;
        this.#look();
        if (this.#asking > 0) return;
        if (publication.source === Track.Source.Microphone) this.silenced('mic');
        // A screen that nobody is shown any more is no longer shared.
        else if (publication.source === Track.Source.ScreenShare) {
          this.silenced('share');
          void this.share(false);
        }
      })
      .on(RoomEvent.TrackUnmuted, this.#look)
      .on(RoomEvent.ParticipantAttributesChanged, this.#lookAtHands)
      .on(RoomEvent.ParticipantConnected, this.#lookAtHands)
      .on(RoomEvent.ParticipantDisconnected, this.#lookAtHands);
  }

  /** Connects and sends what is brought. The tracks are LiveKit's from now on: it stops and reopens them. */
  static async open(
    { url, token }: Ticket,
    bring: { mic?: MediaStreamTrack; cam?: MediaStreamTrack },
  ): Promise<MediaRoom> {
    const room = new Room(roomOptions);
    const media = new MediaRoom(room);
    try {
      await room.connect(url, token);
    } catch (error) {
      await room.disconnect();
      throw error;
    }
    const { audiooutput } = prefs.get();
    // A speaker that is gone must keep nobody out: the default one plays.
    if (audiooutput) await room.switchActiveDevice('audiooutput', audiooutput).catch(() => undefined);
    const own = room.localParticipant;
    const tracks = [
      bring.mic && new LocalAudioTrack(bring.mic, micOptions(), false),
      bring.cam && new LocalVideoTrack(bring.cam, camConstraints(), false),
    ];
    // Inside already: what cannot be sent is told, and the rest goes on.
    await Promise.all(
      tracks.map(async (track, i) => {
        if (!track) return;
        const source = i === 0 ? Track.Source.Microphone : Track.Source.Camera;
        await own.publishTrack(track, { source }).catch((error: unknown) => console.warn(error));
      }),
    );
    media.#look();
    media.#lookAtHands();
    return media;
  }

  /** Switches the microphone or the camera; why it could not be done is in `faults`. */
  async set(device: Device, on: boolean): Promise<void> {
    await this.#ask(async () => {
      const own = this.room.localParticipant;
      try {
        if (device === 'mic') await own.setMicrophoneEnabled(on, micOptions());
        else await own.setCameraEnabled(on, camOptions());
        setFault(device, undefined);
      } catch (error) {
        setFault(device, navigator.mediaDevices ? faultOf(error) : 'insecure');
      }
    });
  }

  /** Rejects when nothing could be shared; closing the browser's chooser is no failure. */
  async share(on: boolean): Promise<void> {
    await this.#ask(async () => {
      try {
        await this.room.localParticipant.setScreenShareEnabled(on, { audio: true, contentHint: 'detail' });
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'NotAllowedError') throw error;
      }
    });
  }

  /** Takes another device, if one of that kind is in use; else the next time. */
  async switchTo(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    await this.#ask(() => this.room.switchActiveDevice(kind, deviceId || 'default').then(() => undefined));
  }

  async raise(up: boolean): Promise<void> {
    await this.room.localParticipant.setAttributes({ [HAND]: up ? String(Date.now()) : '' });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#lost);
    void this.room.disconnect();
  }

  async #ask(task: () => Promise<void>): Promise<void> {
    this.#asking++;
    try {
      await task();
    } finally {
      this.#asking--;
      this.#look();
    }
  }

  #look = (): void => {
    if (this.#closed) return;
    const own = this.room.localParticipant;
    const next: Own = {
      mic: own.isMicrophoneEnabled,
      cam: own.isCameraEnabled,
      sharing: own.isScreenShareEnabled,
    };
    const now = this.own.get();
    const same = (Object.keys(next) as (keyof Own)[]).every((key) => next[key] === now[key]);
    if (!same) this.own.set(next);
  };

  #lookAtHands = (): void => {
    const people = [this.room.localParticipant, ...this.room.remoteParticipants.values()];
    const up = people.filter(({ attributes }) => attributes[HAND]).map(({ identity }) => identity);
    const now = this.hands.get();
    if (up.length !== now.size || up.some((identity) => !now.has(identity))) this.hands.set(new Set(up));
  };

  #linkIs(link: Link): void {
    this.link.set(link);
    if (link === 'good') {
      clearTimeout(this.#lost);
      this.#lost = undefined;
      this.#look();
      this.#lookAtHands();
    } else {
      this.#lost ??= setTimeout(() => this.#endedAs('lost'), LOST_MS);
    }
  }

  #ended(reason: DisconnectReason | undefined): void {
    this.#endedAs((reason !== undefined && ENDS[reason]) || 'lost');
  }

  #endedAs(why: Over): void {
    if (this.#closed) return;
    this.close();
    this.over(why);
  }
}

function micOptions(): AudioCaptureOptions {
  const { audioinput } = prefs.get();
  return {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(audioinput && { deviceId: { ideal: audioinput } }),
  };
}

function camOptions(): VideoCaptureOptions {
  const { videoinput } = prefs.get();
  return { resolution: VideoPresets.h720.resolution, ...(videoinput && { deviceId: { ideal: videoinput } }) };
}

/** The same for a track that is opened again. */
function camConstraints(): MediaTrackConstraints {
  const { width, height } = VideoPresets.h720;
  const { videoinput } = prefs.get();
  return {
    width: { ideal: width },
    height: { ideal: height },
    ...(videoinput && { deviceId: { ideal: videoinput } }),
  };
}
