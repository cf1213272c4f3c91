import type { MeetingCommand } from '../meetings/commands.ts';
import type { Participant, PeopledMeeting } from '../meetings/meeting.ts';
import { participantOf } from '../meetings/meeting.ts';
import { manages } from '../meetings/steps.ts';

/**
 * What a breakout room lacks to be what its meeting makes it: whoever was taken out of the meeting is
 * out of the room, whoever runs the meeting runs it, and it knows when it closes. Pure.
 */
export function mended(meeting: PeopledMeeting, room: PeopledMeeting): MeetingCommand[] {
  const { round } = meeting;
  const commands: MeetingCommand[] = room.participants
    .filter(({ state }) => state !== 'removed')
    .flatMap((part) => inRoom(part, participantOf(meeting, part.userId)));
  for (const part of meeting.participants) {
    const { userId, uid } = part;
    const there = participantOf(room, userId);
    if (!manages(part) || part.state === 'removed' || (there && there.state !== 'removed')) continue;
    commands.push(
      { type: 'add', person: { userId, uid }, role: undefined, by: null, steered: true },
      { type: 'role', userId, role: 'moderator', by: null, steered: true },
    );
  }
  if (round?.closing && round.closesAt !== null) {
    commands.push({ type: 'breakouts.closing', closesAt: round.closesAt, by: null });
  }
  return commands;
}

function inRoom(there: Participant, part: Participant | undefined): MeetingCommand[] {
  const { userId } = there;
  const out: MeetingCommand = { type: 'remove', userId, by: null };
  if (!part || part.state === 'removed') return [out];
  if (manages(part) === manages(there)) return [];
  if (manages(part)) return [{ type: 'role', userId, role: 'moderator', by: null, steered: true }];
  // Runs the meeting no more: has a place in the room they are in, and in no other.
  if (there.role === 'host' || there.state !== 'online') return [out];
  return [{ type: 'role', userId, role: 'participant', by: null, steered: true }];
}
