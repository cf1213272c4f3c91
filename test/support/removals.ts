import type { Removals } from '../../src/adapters/engine/embedded/options.ts';

/** What storage remembers of removals, for an engine without a store. */
export function memoryOfRemovals(): Removals {
  const removed = new Map<string, number>();
  const key = (room: string, identity: string) => `${room}/${identity}`;
  return {
    remember: async (room, identity, at) => {
      removed.set(key(room, identity), at);
    },
    lastOf: async (room, identity) => removed.get(key(room, identity)),
    forget: async (room, identity) => {
      removed.delete(key(room, identity));
    },
  };
}
