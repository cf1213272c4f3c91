import { ParleyError } from './errors.ts';

export type DeviceKind = 'audioinput' | 'audiooutput' | 'videoinput';

/** What to ask the browser for; `true` takes any device. */
export interface CaptureRequest {
  audio: boolean | { deviceId: string };
  video: boolean | { deviceId: string };
}

/** Microphone and camera. Failures say whether it was denied, missing, taken or an insecure page. */
export async function capture(request: CaptureRequest): Promise<MediaStream> {
  const devices = mediaDevicesOf();
  try {
    return await devices.getUserMedia({
      audio: request.audio && {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...chosen(request.audio),
      },
      video: request.video && {
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
        ...chosen(request.video),
      },
    });
  } catch (cause) {
    throw ParleyError.media(cause);
  }
}

/** The screen, a window or a tab, as the person chooses. */
export async function captureScreen(): Promise<MediaStream> {
  const devices = mediaDevicesOf();
  if (!devices.getDisplayMedia) throw ParleyError.unavailable('This browser cannot share a screen');
  try {
    return await devices.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: false });
  } catch (cause) {
    throw ParleyError.media(cause);
  }
}

/** Microphones, speakers and cameras. Names are empty until one of them has been allowed. */
export async function mediaDevices(kind?: DeviceKind): Promise<MediaDeviceInfo[]> {
  const all = await mediaDevicesOf().enumerateDevices();
  return kind ? all.filter((device) => device.kind === kind) : all;
}

function mediaDevicesOf(): MediaDevices {
  const devices = typeof navigator === 'undefined' ? undefined : navigator.mediaDevices;
  if (devices) return devices;
  // Browsers hide the devices from pages that came over plain http.
  if (globalThis.isSecureContext === false) throw ParleyError.insecure();
  throw ParleyError.unavailable('There is no microphone or camera here');
}

const chosen = (which: true | { deviceId: string }) =>
  which === true ? {} : { deviceId: { exact: which.deviceId } };
