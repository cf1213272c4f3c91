import type { MediaEngine } from '../../ports/media-engine.ts';

/** No media server: calls are peer to peer, groups a mesh. */
export const noEngine: MediaEngine = {
  facts: { name: 'none', rooms: false },
  ping: async () => {},
  close: async () => {},
};
