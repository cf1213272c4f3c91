import type { CallRules, Leg } from './call.ts';
import type { CallCommand, Decision } from './commands.ts';
import { accept, nothing } from './commands.ts';

/**
 * Grace (rule 2): a leg whose device had a live socket and lost it ends after the grace, unless the
 * device comes back (or takes the leg over) before.
 */
export function decideDevice(
  leg: Leg,
  command: CallCommand & { type: 'lose' | 'bind' },
  now: number,
  rules: CallRules,
): Decision {
  if (leg.state !== 'joined') return nothing;
  if (command.type === 'lose') {
    const mine = leg.bound && leg.device === command.device && (leg.lostAt === null || command.anew);
    return mine ? accept({ type: 'leg.lost', uid: leg.uid, deadlineAt: now + rules.graceMs }) : nothing;
  }
  const already = leg.bound && leg.device === command.device && leg.lostAt === null;
  return already ? nothing : accept({ type: 'leg.bound', uid: leg.uid, device: command.device });
}
