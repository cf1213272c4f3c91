import { peerMedia } from './peer-media.ts';
import { roomPeers } from './room-peers.ts';
import { webrtcStats } from './room-stats.ts';

/** Section 8 of contract E. */
export const webrtcRoutes = [roomPeers, webrtcStats, peerMedia];
