import type { LocalMedia } from './local-media.ts';
import type { ClientFrames } from './protocol.ts';

type MediaState = Omit<ClientFrames['call:media_state'], 'callId'>;

interface Flags {
  muted: boolean;
  videoOn: boolean;
}

/**
 * What the others have been told of one's microphone and picture. A part begins unmuted, and with a
 * picture in a video call; only what differs from what they know is worth a frame.
 */
export class MediaReport {
  readonly #send: (state: MediaState) => boolean;
  #told: Flags | undefined;
  /** Nobody keeps it for those who come later, so it is also told again. */
  #toldSharing = false;

  constructor(video: boolean, send: (state: MediaState) => boolean) {
    this.#send = send;
    this.#told = { muted: false, videoOn: video };
  }

  /** What the server has of us; after a reload nobody knows, so that everything is told. */
  heard(flags: Flags | undefined): void {
    this.#told = flags && { muted: flags.muted, videoOn: flags.videoOn };
    this.#toldSharing = false;
  }

  /** What cannot be sent now is made good after the next `call:sync`. */
  tell(local: LocalMedia): void {
    const { muted, videoOn, sharing } = local;
    const same = muted === this.#told?.muted && videoOn === this.#told.videoOn;
    if (same && sharing === this.#toldSharing) return;
    const device = sharing === this.#toldSharing ? {} : { device: pictureOf(local) };
    if (!this.#send({ muted, videoOn, ...device })) return;
    this.#told = { muted, videoOn };
    this.#toldSharing = sharing;
  }

  /** For somebody who has just come: that the picture is a screen. */
  repeat(local: LocalMedia): void {
    if (local.sharing) this.#toldSharing = false;
    this.tell(local);
  }
}

/** Where one's picture comes from, as the wire names devices. */
function pictureOf(local: LocalMedia): { type: string; id: string } {
  if (local.sharing) return { type: 'screen', id: 'screen' };
  return { type: 'videoinput', id: local.cameraId ?? 'default' };
}

/** Whether a person's picture is a screen from now on; `undefined` when a frame does not say. */
export function sharingIn(videoOn: boolean, device: { type: string } | undefined): boolean | undefined {
  if (!videoOn || device?.type === 'videoinput') return false;
  return device?.type === 'screen' || undefined;
}
