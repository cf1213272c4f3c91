import type { MediaEngine } from '../../ports/media-engine.ts';
import type { MemberStats } from '../../ports/media-stats.ts';

/** What the engine carries now, over all rooms. */
export interface Carried {
  rooms: number;
  members: number;
  tracks: { audio: number; video: number };
  stats: MemberStats[];
}

export async function everyRoom(engine: MediaEngine): Promise<Carried> {
  const rooms = await engine.rooms();
  const members = (await Promise.all(rooms.map(({ name }) => engine.members(name)))).flat();
  const tracks = members.flatMap((member) => member.tracks);
  const count = (kind: 'audio' | 'video') => tracks.filter((track) => track.kind === kind).length;
  return {
    rooms: rooms.length,
    members: members.length,
    tracks: { audio: count('audio'), video: count('video') },
    stats: (await Promise.all(rooms.map(({ name }) => engine.stats(name)))).flat(),
  };
}

/** LiveKit's numbers for why somebody is gone, as far as they end an attempt to come in. */
export const FAILURES: Readonly<Record<number, string>> = {
  1: 'gave_up',
  2: 'duplicate',
  3: 'shutdown',
  4: 'removed',
  5: 'room_closed',
  6: 'mismatch',
  7: 'timeout',
  9: 'signal_lost',
  10: 'room_closed',
  14: 'connection_lost',
  15: 'media_failure',
};
