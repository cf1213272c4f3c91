import type { MemberStats } from '../../../ports/media-stats.ts';
import type { RoomMember } from './room/member.ts';
import type { LiveRoom } from './room/room.ts';

/** What the media plane measures of everybody in a room who has connections. */
export async function roomStats(room: LiveRoom): Promise<MemberStats[]> {
  const measured = await Promise.all([...room.members()].map((member) => memberStats(room, member)));
  return measured.flatMap((stats) => (stats ? [stats] : []));
}

async function memberStats(room: LiveRoom, member: RoomMember): Promise<MemberStats | undefined> {
  if (!member.peer) return undefined;
  try {
    const { roundTripMs, lossUp, lossDown, bitrateUp, bitrateDown } = await member.peer.stats();
    const roundTrip = roundTripMs === undefined ? {} : { roundTripMs };
    return { identity: member.identity, ...roundTrip, lossUp, lossDown, bitrateUp, bitrateDown };
  } catch (error) {
    // Somebody who leaves while being measured is no failure.
    if (!member.closed) room.options.failed(`the statistics of ${member.sid}`, error);
    return undefined;
  }
}
