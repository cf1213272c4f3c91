export type { LocalDevice } from './local-devices.ts';
export { isDevice, LocalDevices } from './local-devices.ts';
export type { PresenceDeps } from './presence.ts';
export { Presence } from './presence.ts';
export { Turns } from './turns.ts';
