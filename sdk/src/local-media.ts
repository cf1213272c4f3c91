import type { DeviceKind } from './media.ts';
import { capture, captureScreen } from './media.ts';

export type TrackKind = 'audio' | 'video';

/** Told when what is sent changes: a new track for a kind (or none), or a flag. */
export interface LocalMediaHooks {
  track(kind: TrackKind, track: MediaStreamTrack | null): void;
  changed(): void;
}

/** What one sends into one call: microphone, and camera or screen. Without a stream only the flags. */
export class LocalMedia {
  /** What is being sent, for one's own picture; absent in a client without media. */
  readonly stream: MediaStream | undefined;
  hooks: LocalMediaHooks = { track() {}, changed() {} };
  outputDeviceId: string | undefined;
  #mic: MediaStreamTrack | null;
  #camera: MediaStreamTrack | null;
  #screen: MediaStreamTrack | null = null;
  #muted: boolean;
  #cameraOn: boolean;
  #cameraId: string | undefined;
  #closed = false;
  /** Tracks the application brought are its own to stop. */
  readonly #foreign: ReadonlySet<MediaStreamTrack>;

  constructor(stream: MediaStream | undefined, owned: boolean, video: boolean) {
    this.#mic = stream?.getAudioTracks()[0] ?? null;
    this.#camera = stream?.getVideoTracks()[0] ?? null;
    this.stream = stream && new MediaStream(stream.getTracks());
    this.#foreign = new Set(owned ? [] : stream?.getTracks());
    this.#muted = stream !== undefined && this.#mic === null;
    this.#cameraOn = stream ? this.#camera !== null : video;
    for (const track of stream?.getTracks() ?? []) this.#watch(track);
  }

  get muted() {
    return this.#muted;
  }
  /** A picture is being sent, of the camera or the screen. */
  get videoOn() {
    return this.#cameraOn || this.#screen !== null;
  }
  get sharing() {
    return this.#screen !== null;
  }
  /** The camera that was chosen, if one was. */
  get cameraId() {
    return this.#cameraId;
  }
  get audioTrack() {
    return this.#mic;
  }
  get videoTrack() {
    return this.#screen ?? this.#camera;
  }

  async mute(on: boolean): Promise<void> {
    if (!on && !this.#mic && this.stream) await this.#open('audio');
    if (this.#mic) this.#mic.enabled = !on;
    this.#muted = on;
    this.hooks.changed();
  }

  /** Off gives the camera back (its light goes out), on asks for it again. */
  async camera(on: boolean): Promise<void> {
    if (on === this.#cameraOn) return;
    if (on && this.stream) await this.#open('video', this.#cameraId);
    if (!on) {
      this.#stop(this.#camera);
      this.#camera = null;
      if (!this.#screen) this.#send('video', null);
    }
    this.#cameraOn = on;
    this.hooks.changed();
  }

  /** The screen takes the camera's place; afterwards the camera is back. */
  async share(on: boolean): Promise<void> {
    if (on === this.sharing) return;
    if (on) {
      const screen = (await captureScreen()).getVideoTracks()[0];
      if (!screen) return;
      // Over meanwhile, or asked for twice.
      if (this.#closed || this.#screen) {
        screen.stop();
        return;
      }
      // Letters are read: better fewer pictures than blurred ones.
      screen.contentHint = 'detail';
      this.#screen = screen;
      // The browser's own "stop sharing" ends the track.
      screen.onended = () => void this.share(false);
    } else {
      if (this.#screen) this.#screen.onended = null;
      this.#screen?.stop();
      this.#screen = null;
    }
    this.#send('video', this.videoTrack);
    this.hooks.changed();
  }

  async useDevice(kind: DeviceKind, deviceId: string): Promise<void> {
    if (kind === 'audiooutput') this.outputDeviceId = deviceId;
    else if (kind === 'audioinput') await this.#open('audio', deviceId);
    else {
      this.#cameraId = deviceId;
      if (this.#camera) await this.#open('video', deviceId);
    }
    this.hooks.changed();
  }

  close(): void {
    this.#closed = true;
    if (this.#screen) this.#screen.onended = null;
    this.#screen?.stop();
    this.#stop(this.#mic);
    this.#stop(this.#camera);
  }

  async #open(kind: TrackKind, deviceId?: string): Promise<void> {
    const wanted = deviceId === undefined || { deviceId };
    const stream = await capture({
      audio: kind === 'audio' && wanted,
      video: kind === 'video' && wanted,
    });
    const track = stream.getTracks()[0] ?? null;
    if (this.#closed) {
      track?.stop();
      return;
    }
    if (track) this.#watch(track);
    if (kind === 'audio') {
      this.#stop(this.#mic);
      this.#mic = track;
      if (track) track.enabled = !this.#muted;
    } else {
      this.#stop(this.#camera);
      this.#camera = track;
    }
    if (kind === 'audio' || !this.#screen) this.#send(kind, track);
  }

  #send(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (this.stream) {
      for (const old of this.stream.getTracks()) {
        if (old.kind === kind && old !== track) this.stream.removeTrack(old);
      }
      if (track && !this.stream.getTracks().includes(track)) this.stream.addTrack(track);
    }
    this.hooks.track(kind, track);
  }

  /** A device that is pulled out ends its track: the others should know that nothing comes any more. */
  #watch(track: MediaStreamTrack): void {
    track.onended = () => {
      if (track === this.#camera) void this.camera(false);
      else if (track === this.#mic) {
        this.#mic = null;
        this.#muted = true;
        this.#send('audio', null);
        this.hooks.changed();
      }
    };
  }

  #stop(track: MediaStreamTrack | null): void {
    if (!track || this.#foreign.has(track)) return;
    track.onended = null;
    track.stop();
  }
}
