export { signalingApi } from './asyncapi.ts';
export type { SignalingOptions } from './door.ts';
export { SignalingDoor } from './door.ts';
