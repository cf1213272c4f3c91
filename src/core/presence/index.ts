export { Turns } from '../turns.ts';
export type { LocalDevice } from './local-devices.ts';
export { isDevice, LocalDevices } from './local-devices.ts';
export type { Arrival, PresenceDeps } from './presence.ts';
export { Presence } from './presence.ts';
