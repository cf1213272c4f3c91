import { applyAll } from './apply.ts';
import type { Decision, MeetingCommand } from './commands.ts';
import { accept, nothing, refuse } from './commands.ts';
import { decideBreakouts, decideRoundExpiry, isSteered } from './decide-breakouts.ts';
import { decideConnect, decideDisconnect, decideEntered, decideGone } from './decide-connect.ts';
import { decideJoin, decideLeave } from './decide-join.ts';
import { decideHand, decideMedia, decideMute } from './decide-media.ts';
import { decideAdd, decideInvite, decideRemove, decideRole } from './decide-people.ts';
import type { MeetingEvent } from './events.ts';
import type { Meeting, MeetingRules } from './meeting.ts';
import { isOver, onlineIn } from './meeting.ts';
import { settle } from './settle.ts';

/**
 * The meeting machine: may this command happen to this meeting now, and what follows? Pure. Who may
 * give it is `access.ts`'s; its rules are those of contract E, settled in the contracts' README.
 */
export function decide(
  meeting: Meeting,
  command: MeetingCommand,
  now: number,
  rules: MeetingRules,
): Decision {
  const decision = choose(meeting, command, now, rules);
  if (!decision.ok || decision.events.length === 0) return decision;
  return accept(...settle(meeting, decision.events, now, rules));
}

function choose(meeting: Meeting, command: MeetingCommand, now: number, rules: MeetingRules): Decision {
  if (isSteered(meeting, command)) return refuse('steered');
  switch (command.type) {
    case 'expire':
      return decideExpiry(meeting, now);
    case 'leave':
      return decideLeave(meeting, command);
    case 'disconnect':
      return decideDisconnect(meeting, command, now, rules);
    case 'gone':
      return decideGone(meeting, command, now, rules);
    case 'end':
      if (meeting.status === 'scheduled') return refuse('not_started');
      if (meeting.status === 'ended') return nothing;
      if (meeting.status === 'cancelled') return refuse('over');
      return accept({
        type: 'meeting.ended',
        reason: meeting.parentId === null ? 'ended' : 'breakouts',
        by: command.by,
      });
    case 'cancel':
      if (meeting.status === 'ongoing') return refuse('ongoing');
      return isOver(meeting) ? nothing : accept({ type: 'meeting.cancelled', by: command.by });
  }
  return isOver(meeting) ? refuse('over') : chooseLive(meeting, command, now);
}

type LiveCommand = Exclude<
  MeetingCommand,
  { type: 'expire' | 'leave' | 'disconnect' | 'gone' | 'end' | 'cancel' }
>;

/** What only a meeting takes that is not over. */
function chooseLive(meeting: Meeting, command: LiveCommand, now: number): Decision {
  switch (command.type) {
    case 'update':
      if (Object.keys(command.change).length === 0) return nothing;
      return accept({ type: 'meeting.updated', change: command.change });
    case 'start':
      return meeting.status === 'ongoing' ? nothing : accept({ type: 'meeting.started' });
    case 'lock': {
      const { locked } = command;
      return meeting.locked === locked ? nothing : accept({ type: 'meeting.locked', locked });
    }
    case 'join':
      return decideJoin(meeting, command, now);
    case 'add':
      return decideAdd(meeting, command, now);
    case 'invite':
      return decideInvite(meeting, command);
    case 'remove':
      return decideRemove(meeting, command);
    case 'role':
      return decideRole(meeting, command, now);
    case 'hand':
      return decideHand(meeting, command);
    case 'media':
      return decideMedia(meeting, command);
    case 'mute':
      return decideMute(meeting, command);
    case 'connect':
      return decideConnect(meeting, command, now);
    case 'entered':
      return decideEntered(meeting, command, now);
    default:
      return decideBreakouts(meeting, command, now);
  }
}

/** What is due at once is one change: people first, for they were due while the meeting still was. */
function decideExpiry(meeting: Meeting, now: number): Decision {
  if (isOver(meeting)) return nothing;
  const lost = meeting.participants
    .filter(({ state }) => state === 'online' || state === 'waiting')
    .filter(({ deadlineAt }) => deadlineAt !== null && deadlineAt <= now)
    .map(({ userId }): MeetingEvent => ({ type: 'meeting.left', userId, reason: 'lost' }));
  const ends = meeting.status === 'ongoing' && meeting.emptyAt !== null && meeting.emptyAt <= now;
  const stay = onlineIn(applyAll(meeting, lost, now)).length > 0;
  if (!ends || stay) return accept(...lost, ...decideRoundExpiry(meeting, now));
  return accept(...lost, { type: 'meeting.ended', reason: 'empty', by: null });
}
