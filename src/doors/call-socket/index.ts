export { callSocketApi } from './asyncapi.ts';
export type { CallSocketOptions, SocketObserver } from './door.ts';
export { CallSocketDoor } from './door.ts';
export { callSocket } from './rest.ts';
