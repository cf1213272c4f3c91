import type { CallRoom } from './call-room.ts';
import type { PeerState } from './peer.ts';
import type { CallState } from './types.ts';

/** How an answered call stands, by what carries its media: a room, connections to the others, or both for a moment. */
export function carriedState(
  room: CallRoom['state'] | undefined,
  peers: readonly PeerState[],
  wasConnected: boolean,
): CallState {
  if (room === 'connected' || peers.includes('connected')) return 'connected';
  return wasConnected || room === 'broken' || peers.includes('broken') ? 'reconnecting' : 'connecting';
}
