export type { LocalDevice } from './local-devices.ts';
export { isDevice, LocalDevices } from './local-devices.ts';
export type { Arrival, PresenceDeps } from './presence.ts';
export { Presence } from './presence.ts';
export { Turns } from './turns.ts';
