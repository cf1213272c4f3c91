import { refreshDevices } from './devices.ts';
import { openDevice, stopStream } from './media.ts';
import { type Device, faultOf, type MediaFault } from './media-problem.ts';
import { prefs } from './prefs.ts';
import { Store } from './store.ts';

export type DoorState =
  | { is: 'off' | 'starting' }
  | { is: 'on'; stream: MediaStream }
  | { is: 'fault'; fault: MediaFault };

/** A microphone or camera before the door: tried out, and taken in as it is. */
export class DoorDevice extends Store<DoorState> {
  readonly #device: Device;
  #turn = 0;
  #taken = false;

  constructor(device: Device) {
    super({ is: 'off' });
    this.#device = device;
  }

  /** Takes another device when another is chosen; the answer ends it. */
  follow(): () => void {
    let chosen = this.#choice();
    return prefs.subscribe(() => {
      const now = this.#choice();
      if (now === chosen) return;
      chosen = now;
      if (this.get().is !== 'off' && !this.#taken) void this.open();
    });
  }

  /** Never rejects: what is in the way is its state. */
  async open(): Promise<void> {
    const turn = ++this.#turn;
    this.#stop();
    this.set({ is: 'starting' });
    try {
      const stream = await openDevice(this.#device);
      if (turn !== this.#turn) return stopStream(stream);
      for (const track of stream.getTracks()) {
        track.addEventListener('ended', () => {
          if (turn === this.#turn) this.set({ is: 'fault', fault: 'unplugged' });
        });
      }
      this.set({ is: 'on', stream });
      // Devices have names from now on.
      void refreshDevices();
    } catch (error) {
      if (turn === this.#turn) {
        this.set({ is: 'fault', fault: navigator.mediaDevices ? faultOf(error) : 'insecure' });
      }
    }
  }

  off(): void {
    this.#turn++;
    this.#stop();
    this.set({ is: 'off' });
  }

  /** Its track, if it is on; whoever takes it stops it. The picture stays until then. */
  take(): MediaStreamTrack | undefined {
    const now = this.get();
    this.#turn++;
    this.#taken = true;
    if (now.is === 'starting') this.set({ is: 'off' });
    return now.is === 'on' ? now.stream.getTracks()[0] : undefined;
  }

  #choice(): string {
    const { audioinput, videoinput } = prefs.get();
    return this.#device === 'mic' ? audioinput : videoinput;
  }

  #stop(): void {
    const now = this.get();
    if (now.is === 'on' && !this.#taken) stopStream(now.stream);
  }
}
