import { LeaveRequest_Action as Action, DisconnectReason, type SyncState } from '@livekit/protocol';
import type { RoomMember } from './member.ts';

/** After a resume: what the client believes it publishes and wants. */
export function synced(member: RoomMember, state: SyncState): void {
  if (!knowsAll(member, state)) {
    // The client publishes something that is not known here: only a new session can agree with it.
    member.room.remove(member, { reason: DisconnectReason.STATE_MISMATCH, leave: Action.RECONNECT });
    return;
  }
  member.room.parts.subscriptions.synced(member, state);
  member.room.parts.data.synced(member, state);
}

function knowsAll(member: RoomMember, state: SyncState): boolean {
  const dataTracks = new Set(member.room.parts.data.tracks(member).map(({ sid }) => sid));
  return (
    state.publishTracks.every(({ track }) => track && member.publishing.knows(track.sid)) &&
    state.publishDataTracks.every(({ info }) => info && dataTracks.has(info.sid))
  );
}
