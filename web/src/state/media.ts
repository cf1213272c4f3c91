import { type Device, faultOf, type MediaFault } from './media-problem.ts';
import { prefs } from './prefs.ts';
import { Store } from './store.ts';

/** What is wrong with the microphone or the camera right now. */
export type MediaFaults = Partial<Record<Device, MediaFault>>;
export const faults = new Store<MediaFaults>({});

export function setFault(device: Device, fault: MediaFault | undefined): void {
  faults.update((now) => {
    const { [device]: _gone, ...rest } = now;
    return fault ? { ...rest, [device]: fault } : rest;
  });
}

/** One device, opened by itself; the preferred one when it is there. */
export async function openDevice(device: Device): Promise<MediaStream> {
  if (!navigator.mediaDevices) {
    setFault(device, 'insecure');
    throw new TypeError('No media devices on an insecure page');
  }
  const { audioinput, videoinput } = prefs.get();
  const constraints: MediaStreamConstraints =
    device === 'mic'
      ? {
          audio: {
            ...wanted(audioinput),
            echoCancellation: true,
            noiseSuppression: true,
            autoGainControl: true,
          },
        }
      : { video: { ...wanted(videoinput), width: { ideal: 1280 }, height: { ideal: 720 } } };
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    setFault(device, undefined);
    return stream;
  } catch (error) {
    setFault(device, faultOf(error));
    throw error;
  }
}

/**
 * Microphone and, for video, camera, asked for one after the other. Never fails: what cannot be had
 * is missing from the stream and named in `faults`, for a call without a camera is still a call.
 */
export async function openMedia(video: boolean): Promise<MediaStream> {
  const all = new MediaStream();
  for (const device of video ? (['mic', 'cam'] as const) : (['mic'] as const)) {
    try {
      for (const track of (await openDevice(device)).getTracks()) all.addTrack(track);
    } catch {
      // `openDevice` has noted why.
    }
  }
  if (!video) setFault('cam', undefined);
  return all;
}

export function stopStream(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function wanted(deviceId: string): MediaTrackConstraints {
  return deviceId ? { deviceId: { ideal: deviceId } } : {};
}
