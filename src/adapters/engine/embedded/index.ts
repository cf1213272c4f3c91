import type { MediaSessions } from '../../../ports/media-sessions.ts';
import type { MemberStats } from '../../../ports/media-stats.ts';
import type { WorkerLoad } from './media/types.ts';
import type { EmbeddedOptions } from './options.ts';
import { openRoomData } from './room/data/index.ts';
import { openQuality, openSpeakers, openSubscriptions } from './room/down/index.ts';
import type { RoomParts } from './room/parts.ts';
import type { RoomView } from './room/types.ts';
import { EmbeddedRooms } from './rooms.ts';
import { roomStats } from './stats.ts';

const TICK_MS = 1_000;

export interface EmbeddedEngine {
  readonly sessions: MediaSessions;
  /** Of everybody in the room; empty for one that is not open. */
  stats(room: string): Promise<MemberStats[]>;
  /** Somebody's tokens of before now are void, also while they are not there. */
  voidTokens(room: string, identity: string): Promise<void>;
  /** Of each media worker. */
  load(): Promise<readonly WorkerLoad[]>;
  /** Everybody is told that the server stops. The plane is closed by whoever made it. */
  close(): Promise<void>;
}

/** LiveKit's protocol over the media plane, in this process. */
export function openEmbedded(options: EmbeddedOptions): EmbeddedEngine {
  const rooms = new EmbeddedRooms(options, (room) => openParts(room, options));
  const ticking = setInterval(() => rooms.tick(), TICK_MS);
  return {
    sessions: rooms,
    stats: async (name) => {
      const room = rooms.get(name);
      return room ? roomStats(room) : [];
    },
    // Those of this very millisecond too.
    voidTokens: (room, identity) => rooms.voidTokens(room, identity, options.clock.now() + 1),
    load: () => options.plane.load(),
    close: async () => {
      clearInterval(ticking);
      await rooms.close();
    },
  };
}

function openParts(room: RoomView, options: EmbeddedOptions): RoomParts {
  const subscriptions = openSubscriptions(room, options);
  return {
    subscriptions,
    speakers: openSpeakers(room, subscriptions),
    quality: openQuality(room, subscriptions, options.failed),
    data: openRoomData(room, subscriptions, options),
  };
}
