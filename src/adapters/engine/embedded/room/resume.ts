import type { ResumeAsked } from '../../../../ports/media-sessions.ts';
import { reconnectResponse } from './answers.ts';
import { updateOf } from './broadcast.ts';
import type { RoomMember } from './member.ts';

/** The member goes on over another wire: it is told what it has missed, and its downward connection starts anew. */
export function resume(member: RoomMember, asked: ResumeAsked): void {
  const now = member.room.options.clock.now();
  const missedSince = member.heardAt;
  const failing = failsNow(member, now);
  member.rewire(asked, now);
  if (failing !== 'silently') tell(member, missedSince);
  if (failing) member.dropWire(now);
}

function tell(member: RoomMember, missedSince: number): void {
  const { room } = member;
  const { nodeId, iceServers } = room.options;

  const parts = { iceServers: iceServers(member.identity), nodeId };
  member.send({ case: 'reconnect', value: reconnectResponse(member, parts) });
  const left = room.departed.since(missedSince);
  if (left.length > 0) member.send(updateOf(left));
  member.send(room.snapshotFor(member));
  member.send({ case: 'roomUpdate', value: room.update() });
  member.connection.resumed();
  room.parts.subscriptions.activated(member);
  member.peer?.subscriber.restart();
}

function failsNow(member: RoomMember, now: number): 'silently' | 'afterwards' | undefined {
  const { failingResumes: failing } = member;
  if (failing.left === 0 || now >= failing.until) return undefined;
  failing.left--;
  return failing.silent ? 'silently' : 'afterwards';
}
