import { Store } from './store.ts';

export type DeviceKind = 'audioinput' | 'audiooutput' | 'videoinput';
export interface DeviceChoice {
  id: string;
  /** Empty until the person has allowed the device once. */
  label: string;
}
export type DeviceLists = Record<DeviceKind, readonly DeviceChoice[]>;

export const devices = new Store<DeviceLists>({ audioinput: [], audiooutput: [], videoinput: [] });

/** Whether sound can be sent to a chosen speaker. */
export const canChooseSpeaker =
  typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;

export async function refreshDevices(): Promise<void> {
  if (!navigator.mediaDevices) return;
  const found = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: DeviceKind) => listOf(found.filter((d) => d.kind === kind));
  devices.set({ audioinput: of('audioinput'), audiooutput: of('audiooutput'), videoinput: of('videoinput') });
}

export function watchDevices(): void {
  if (!navigator.mediaDevices) return;
  navigator.mediaDevices.addEventListener('devicechange', () => void refreshDevices());
  void refreshDevices();
}

/** Browsers list the default device a second time under a name of its own; once is enough. */
export function listOf(found: readonly { deviceId: string; label: string }[]): DeviceChoice[] {
  return found
    .filter((d) => d.deviceId !== '' && d.deviceId !== 'default' && d.deviceId !== 'communications')
    .map((d) => ({ id: d.deviceId, label: d.label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/, '') }));
}
