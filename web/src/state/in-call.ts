import { say } from './announcer.ts';
import { type CallView, isLive } from './call-view.ts';
import type { DeviceKind } from './devices.ts';
import { reasonOf } from './errors.ts';
import { faults, openDevice, stopStream } from './media.ts';
import { type Device, faultOf, faultWords } from './media-problem.ts';
import { current, releaseOwn, report } from './phone.ts';
import { prefs, setPrefs } from './prefs.ts';
import type { Call, Person } from './sdk.ts';
import { toast } from './toasts.ts';

/** The call on the screen, if the server knows of it. */
function onCall(): { view: CallView; call: Call } | undefined {
  const view = current.get();
  return isLive(view) && view.call ? { view, call: view.call } : undefined;
}

export function toggleMute(): void {
  const on = onCall();
  if (!on) return;
  const { mic } = faults.get();
  if (on.view.muted && mic && mic !== 'silent') void retryMic();
  else void on.call.mute(!on.view.muted).catch(report);
}

let switching = false;

/** A press while the camera is being opened is one too many. */
export async function toggleCamera(): Promise<void> {
  const now = onCall();
  if (!now || switching) return;
  const { call } = now;
  const on = !now.view.videoOn;
  switching = true;
  try {
    // Asked for here first: what is in the way is told in words, and the SDK then finds it open.
    if (on) stopStream(await openDevice('cam'));
    await call.camera(on);
    // The first camera was opened by the page, so it is the page's to switch off.
    if (!on) releaseOwn('video');
    const chosen = prefs.get().videoinput;
    if (on && chosen) await takeDevice(call, 'videoinput', chosen);
  } catch (error) {
    if (!faults.get().cam) report(error);
  } finally {
    switching = false;
  }
}

export async function toggleShare(): Promise<void> {
  const on = onCall();
  if (!on) return;
  try {
    await on.call.shareScreen(!on.view.sharing);
    if (!on.view.sharing) say('call.sharingSelf');
  } catch (error) {
    // Closing the browser's chooser is a change of mind, no failure.
    if (reasonOf(error) !== 'media_denied') toast('warn', 'media.shareFailed');
  }
}

/** Tries the microphone again after it was refused or missing. */
export async function retryMic(): Promise<void> {
  const call = onCall()?.call;
  try {
    stopStream(await openDevice('mic'));
    await call?.mute(false);
    const chosen = prefs.get().audioinput;
    if (chosen && call) await takeDevice(call, 'audioinput', chosen);
  } catch {
    // `faults` says why, and the banner stays.
  }
}

/** Takes another device, in the call that is on and from now on. */
export async function chooseDevice(kind: DeviceKind, deviceId: string): Promise<void> {
  setPrefs({ [kind]: deviceId });
  const call = onCall()?.call;
  if (!call) return;
  try {
    await takeDevice(call, kind, deviceId || 'default');
  } catch (error) {
    const device: Device = kind === 'videoinput' ? 'cam' : 'mic';
    // The SDK's error carries the browser's, which says what is wrong with which device.
    const cause = error instanceof Error && error.cause ? error.cause : error;
    toast('danger', faultWords(device, faultOf(cause)).title);
  }
}

/** Asks more people into the call. */
export async function invite(people: readonly Person[]): Promise<void> {
  await onCall()
    ?.call.invite(people.map((p) => p.uid))
    .catch(report);
}

async function takeDevice(call: Call, kind: DeviceKind, deviceId: string): Promise<void> {
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of the call, no hook of React.
  await call.useDevice(kind, deviceId);
  // The device the call began with would stay open beside the new one, its light on.
  if (kind === 'audioinput') releaseOwn('audio');
  else if (kind === 'videoinput') releaseOwn('video');
}
