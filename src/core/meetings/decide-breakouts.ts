import type { BreakoutCommand, Decision, MeetingCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, Round } from './meeting.ts';

/** Whose time runs out are told, and have so long to finish. */
export const GRACE_MS = 30_000;

/** What a breakout room is, is its meeting's to say. */
const STEERED: readonly MeetingCommand['type'][] = ['update', 'lock', 'end', 'cancel', 'add', 'role'];

/** Whether a command is refused for coming from another place than a breakout room's meeting. */
export const isSteered = ({ parentId }: Meeting, command: MeetingCommand): boolean =>
  parentId !== null && STEERED.includes(command.type) && !('steered' in command && command.steered);

/** Said again it may be sooner, never later. */
export const closesSooner = ({ closing, closesAt }: Round, at: number): boolean =>
  !closing || at < (closesAt ?? 0);

/** Of a meeting whose people go into rooms apart; its rooms themselves hear of the closing alone. */
export function decideBreakouts(meeting: Meeting, command: BreakoutCommand, now: number): Decision {
  const { round } = meeting;
  if (meeting.parentId !== null && command.type !== 'breakouts.closing') return refuse('nested');
  if (command.type === 'breakouts.open') {
    if (meeting.status !== 'ongoing') return refuse('not_started');
    if (round !== null) return refuse('breakouts_open');
    const { rooms, by } = command;
    return accept({ type: 'meeting.breakouts_opened', round: command.round, rooms, by });
  }
  if (round === null) return command.type === 'breakouts.close' ? nothing : refuse('no_breakouts');
  switch (command.type) {
    case 'breakouts.move': {
      const { userId, room, by } = command;
      return accept({ type: 'meeting.breakouts_moved', userId, room, by });
    }
    case 'breakouts.help': {
      const { userId, room } = command;
      return accept({ type: 'meeting.breakouts_help', userId, room });
    }
    case 'breakouts.close': {
      const { graceMs, by } = command;
      if (graceMs === 0) return accept({ type: 'meeting.breakouts_closed', by });
      const closesAt = now + graceMs;
      return closesSooner(round, closesAt)
        ? accept({ type: 'meeting.breakouts_closing', closesAt, by })
        : nothing;
    }
    case 'breakouts.closing': {
      const { closesAt, by } = command;
      if (round.closing && round.closesAt === closesAt) return nothing;
      return accept({ type: 'meeting.breakouts_closing', closesAt, by });
    }
    case 'breakouts.occupied':
      if (round.occupied === command.occupied) return nothing;
      return accept({ type: 'round.occupied', occupied: command.occupied });
  }
}

/** When the time set is over everybody is told, and some time later the rooms close. */
export function decideRoundExpiry({ parentId, round }: Meeting, now: number): MeetingEvent[] {
  if (parentId !== null || !round || round.closesAt === null || round.closesAt > now) return [];
  if (round.closing) return [{ type: 'meeting.breakouts_closed', by: null }];
  return [{ type: 'meeting.breakouts_closing', closesAt: now + GRACE_MS, by: null }];
}
