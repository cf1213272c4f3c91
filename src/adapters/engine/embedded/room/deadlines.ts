import { LeaveRequest_Action as Action, DisconnectReason, RoomEndReason } from '@livekit/protocol';
import type { RoomMember } from './member.ts';
import { RENEW_EVERY_MS, renewToken } from './renew.ts';
import type { LiveRoom } from './room.ts';

const JOIN_MS = 60_000;
/** A connection that was up and is down: as long as LiveKit waits. */
const DOWN_MS = 5_000;
/** Nothing heard of it, its wire is gone and nothing resumes it, while media still seems to flow. */
const SILENT_MS = 28_000;
/** At least so long after its wire was lost: not every client speaks when it has nothing to say. */
const GONE_MS = 7_000;

/** What is due in a room; looked at once a second. */
export function keepDeadlines(room: LiveRoom): void {
  if (room.closed) return;
  for (const member of [...room.members()]) {
    const reason = overdue(member);
    if (reason !== undefined) room.remove(member, { reason, leave: Action.DISCONNECT });
    else if (room.options.clock.now() - member.renewedAt >= RENEW_EVERY_MS) {
      void renewToken(member, room.options);
    }
  }
  room.tellNews();
}

function overdue(member: RoomMember): DisconnectReason | undefined {
  const now = member.room.options.clock.now();
  if (!member.everActive && now - member.joinedAt >= JOIN_MS) return DisconnectReason.JOIN_FAILURE;
  const { goneAt, heardAt } = member;
  const { downSince } = member.connection;
  // Whose wire has been gone for longer has had the time to come back.
  if (downSince !== undefined && now - Math.min(downSince, goneAt ?? downSince) >= DOWN_MS) {
    return DisconnectReason.CONNECTION_TIMEOUT;
  }
  if (goneAt === undefined) return undefined;
  const over = now - goneAt >= GONE_MS && now - heardAt >= SILENT_MS;
  return over ? DisconnectReason.SIGNAL_CLOSE : undefined;
}

/** Nobody is in it who keeps it open, for as long as it says. */
export function isIdle(room: LiveRoom): boolean {
  if (room.holds > 0 || [...room.members()].some((member) => !member.dependent)) return false;
  const { firstJoinedAt, lastLeftAt, createdAt, settings, options } = room;
  const departed = firstJoinedAt !== undefined && lastLeftAt !== undefined;
  const since = departed ? lastLeftAt : createdAt;
  const timeoutS = departed ? settings.departureTimeoutS : settings.emptyTimeoutS;
  return options.clock.now() - since >= timeoutS * 1000;
}

export const idleEnd = { reason: DisconnectReason.ROOM_CLOSED, ended: RoomEndReason.ROOM_END_IDLE_TIMEOUT };
