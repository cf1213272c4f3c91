import { ParleyError } from '../../core/errors.ts';
import type { MediaEngine } from '../../ports/media-engine.ts';

const absent = async (): Promise<never> => {
  throw new ParleyError('unavailable', 'media.none');
};

/** No media server: calls are peer to peer, groups a mesh, and there are no rooms. */
export const noEngine: MediaEngine = {
  facts: { name: 'none', rooms: false, mapsNumbers: false },
  ticket: absent,
  openRoom: absent,
  closeRoom: async () => {},
  rooms: async () => [],
  members: async () => [],
  removeMember: async () => {},
  permit: absent,
  mute: absent,
  sendData: absent,
  stats: async () => [],
  listen: () => () => {},
  ping: async () => {},
  close: async () => {},
};
